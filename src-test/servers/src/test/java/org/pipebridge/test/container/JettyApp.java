package org.pipebridge.test.container;

import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An application in an embedded Jetty with its default settings. */
final class JettyApp extends Container {

  /** What acceptor and selector take away from the threads for servlets. */
  private static final int OWN_THREADS = 3;

  private Server server;
  private ServerConnector connector;

  @Override
  void deploy(WebApp app) throws Exception {
    server = new Server(new QueuedThreadPool(app.threads() + OWN_THREADS));
    connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    String path = app.contextPath().isEmpty() ? "/" : app.contextPath();
    ServletContextHandler context = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
    context.addServletContainerInitializer((classes, servlets) -> app.register(servlets));
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    for (WebApp.ErrorPage page : app.errorPages()) {
      if (page.exception() == null) {
        errors.addErrorPage(page.status(), page.location());
      } else {
        errors.addErrorPage(page.exception(), page.location());
      }
    }
    context.setErrorHandler(errors);
    server.setHandler(context);
    server.start();
  }

  @Override
  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", connector.getLocalPort());
  }

  @Override
  void stop() throws Exception {
    server.stop();
    server.destroy();
  }
}
