package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.TlsConnectionFeature;
import org.pipebridge.feature.TlsHandshakeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.LoopbackCertificate;

/** F43, F44, C4: what an application learns of a request over TLS (K103). */
final class TlsTest {

  @TempDir static Path folder;
  private static LoopbackCertificate certificate;
  private static SSLContext tls;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = LoopbackCertificate.make(folder);
    tls = certificate.context();
  }

  @Test
  void f43_tomcatTellsOfTls() throws Exception {
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
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", Files.createDirectories(folder.resolve("app")).toString());
    Tomcat.addServlet(context, "pipeline", pipeline()).addMapping("/*");
    tomcat.start();
    try {
      tellsOfTls(connector.getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void f43_undertowTellsOfTls() throws Exception {
    DeploymentManager manager =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setClassLoader(TlsTest.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("test")
                    .addServlet(
                        Servlets.servlet(
                                "pipeline",
                                PipelineServlet.class,
                                new ImmediateInstanceFactory<>(pipeline()))
                            .addMapping("/*")));
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", tls)
            .setHandler(manager.start())
            .build();
    undertow.start();
    try {
      tellsOfTls(((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort());
    } finally {
      manager.stop();
      undertow.stop();
    }
  }

  private static PipelineServlet pipeline() {
    return new PipelineServlet(app -> app.run(TlsTest::tell));
  }

  private static void tell(HttpContext context) throws Exception {
    TlsConnectionFeature connection = context.features().require(TlsConnectionFeature.class);
    TlsHandshakeFeature handshake = context.features().require(TlsHandshakeFeature.class);
    context
        .response()
        .write(
            String.join(
                " ",
                context.request().scheme(),
                Boolean.toString(context.request().isHttps()),
                "" + connection.clientCertificate(),
                connection.clientCertificateChain().toString(),
                handshake.cipherSuite(),
                Integer.toString(handshake.keySize())));
  }

  private static void tellsOfTls(int port) throws Exception {
    URI uri = URI.create("https://localhost:" + port + "/");
    String told =
        HttpClient.newBuilder()
            .sslContext(tls)
            .build()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body();
    assertThat(told).matches("https true null \\[] TLS_[A-Z0-9_]+ (128|256)");
  }
}
