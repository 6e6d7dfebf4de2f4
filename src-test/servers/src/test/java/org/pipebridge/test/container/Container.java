package org.pipebridge.test.container;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;

/** A container in this JVM with one application, on a free port of loopback. */
abstract class Container implements AutoCloseable {

  /** The containers that every test of this package runs in. */
  enum Kind {
    JETTY,
    TOMCAT,
    UNDERTOW;

    Container start(WebApp app) throws Exception {
      Container container =
          switch (this) {
            case JETTY -> new JettyApp();
            case TOMCAT -> new TomcatApp();
            case UNDERTOW -> new UndertowApp();
          };
      container.contextPath = app.contextPath();
      NOISY.forEach(logger -> logger.setUseParentHandlers(false));
      container.deploy(app);
      return container;
    }
  }

  /** Who tells of the failures that tests make; kept off the console. */
  private static final List<Logger> NOISY =
      Stream.of(
              "org.pipebridge",
              "org.apache.catalina.core.ContainerBase",
              "org.eclipse.jetty.ee10.servlet.ServletChannel",
              "io.undertow.request")
          .map(Logger::getLogger)
          .toList();

  private String contextPath = "";

  abstract void deploy(WebApp app) throws Exception;

  abstract InetSocketAddress address();

  abstract void stop() throws Exception;

  @Override
  public final void close() {
    try {
      stop();
    } catch (Exception e) {
      throw new IllegalStateException("the container did not stop", e);
    }
    NOISY.forEach(logger -> logger.setUseParentHandlers(true));
  }

  final RawConnection connect() {
    return RawConnection.to(address());
  }

  /** Makes a request for a path below the application's mount point. */
  final Request request(String method, String path) {
    return Request.of(method, contextPath + path).header("Host", "localhost");
  }

  final Request get(String path) {
    return request("GET", path);
  }

  /** Asks on a connection of its own. */
  final Answer ask(Request request) {
    try (RawConnection connection = connect()) {
      connection.send(request);
      return connection.answer();
    }
  }
}
