package org.pipebridge.test.servlets;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.ContainerSettings;
import org.pipebridge.test.LoopbackCertificate;

/** Containers that speak TLS, and HTTP/2 or HTTP/1.1 with it, for as long as a check takes. */
final class TlsContainers {

  private TlsContainers() {}

  /** Asks a container that listens on a port of loopback. */
  interface Check {
    void run(int port) throws Exception;
  }

  static void tomcat(
      Path folder,
      LoopbackCertificate certificate,
      PipelineServlet pipeline,
      boolean async,
      Check check)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate served =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    served.setCertificateKeystoreFile(certificate.store().toString());
    served.setCertificateKeystorePassword(LoopbackCertificate.PASSWORD);
    host.addCertificate(served);
    connector.addSslHostConfig(host);
    ContainerSettings.allowAborts(connector);
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", Files.createDirectories(folder.resolve("app")).toString());
    Wrapper servlet = Tomcat.addServlet(context, "pipeline", pipeline);
    servlet.setAsyncSupported(async);
    servlet.addMapping("/*");
    tomcat.start();
    try {
      check.run(connector.getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  static void undertow(
      LoopbackCertificate certificate, PipelineServlet pipeline, boolean async, Check check)
      throws Exception {
    DeploymentManager manager =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(TlsContainers.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("test")
                    .addServlet(
                        Servlets.servlet(
                                "pipeline",
                                PipelineServlet.class,
                                new ImmediateInstanceFactory<>(pipeline))
                            .setAsyncSupported(async)
                            .addMapping("/*")));
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", certificate.context())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(
                UndertowOptions.SHUTDOWN_TIMEOUT, ContainerSettings.UNDERTOW_SHUTDOWN_MILLIS)
            .setHandler(manager.start())
            .build();
    undertow.start();
    try {
      check.run(((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort());
    } finally {
      manager.stop();
      undertow.stop();
    }
  }
}
