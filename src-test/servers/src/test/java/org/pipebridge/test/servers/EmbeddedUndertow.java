package org.pipebridge.test.servers;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;
import org.pipebridge.test.ContainerSettings;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.KitStartup;
import org.pipebridge.test.kit.SocketServer;

/** The servlet in an embedded Undertow without a size limit of its own. */
final class EmbeddedUndertow extends SocketServer {

  /** Where the container tells of the failures that scenarios make; not told on the console. */
  private static final Logger FAILURES = Logger.getLogger("io.undertow.request");

  private final ServletServer server = new ServletServer();
  private Undertow undertow;
  private DeploymentManager deployment;

  EmbeddedUndertow() {
    super("Undertow");
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.BYTES,
        Capability.NON_BLOCKING,
        Capability.LOGS,
        Capability.DISPOSAL,
        Capability.UPGRADE);
  }

  @Override
  public void start(KitStartup startup) throws Exception {
    FAILURES.setLevel(Level.OFF);
    startup.startOn(server);
    Servlet servlet = new PipelineServlet(server);
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath("/")
            .setDeploymentName("kit")
            .addServlet(
                Servlets.servlet(
                        "pipeline", PipelineServlet.class, new ImmediateInstanceFactory<>(servlet))
                    .setAsyncSupported(true)
                    .addMapping("/*"));
    deployment = Servlets.newContainer().addDeployment(info);
    deployment.deploy();
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(
                UndertowOptions.SHUTDOWN_TIMEOUT, ContainerSettings.UNDERTOW_SHUTDOWN_MILLIS)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // else 2 MiB, and that wins (L7)
            .setHandler(deployment.start())
            .build();
    undertow.start();
    reach((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress(), "");
  }

  @Override
  public void close() {
    server.close();
    try {
      Objects.requireNonNull(deployment, "not started").stop();
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
    undertow.stop();
  }
}
