package org.pipebridge.test.servlets;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.pipebridge.test.ContainerSettings;

/** The three servlet containers that a small application runs in, the same in each. */
enum EmbeddedContainer {
  JETTY {
    @Override
    Running start(String contextPath, WebApp app, Map<Integer, String> errorPages)
        throws Exception {
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context =
          new ServletContextHandler(
              contextPath.isEmpty() ? "/" : contextPath, ServletContextHandler.SESSIONS);
      context.addServletContainerInitializer(new Registration(app));
      ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
      errorPages.forEach(errors::addErrorPage);
      context.setErrorHandler(errors);
      server.setHandler(context);
      server.start();
      return new Running(connector.getLocalPort(), server::stop);
    }
  },

  TOMCAT {
    @Override
    Running start(String contextPath, WebApp app, Map<Integer, String> errorPages)
        throws Exception {
      TOMCAT_FAILURES.setLevel(Level.OFF);
      Path folder = Files.createTempDirectory("tomcat");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder.toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      tomcat.getConnector().setProperty("allowedTrailerHeaders", "X-T");
      Context context = tomcat.addContext(contextPath, folder.toString());
      context.addServletContainerInitializer(new Registration(app), null);
      errorPages.forEach(
          (status, location) -> {
            var page = new org.apache.tomcat.util.descriptor.web.ErrorPage();
            page.setErrorCode(status);
            page.setLocation(location);
            context.addErrorPage(page);
          });
      tomcat.start();
      return new Running(
          tomcat.getConnector().getLocalPort(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
            Folders.delete(folder);
          });
    }
  },

  UNDERTOW {
    @Override
    Running start(String contextPath, WebApp app, Map<Integer, String> errorPages)
        throws Exception {
      UNDERTOW_FAILURES.setLevel(Level.OFF);
      DeploymentInfo info =
          Servlets.deployment()
              .setClassLoader(EmbeddedContainer.class.getClassLoader())
              .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
              .setDeploymentName("test")
              .addServletContainerInitializer(
                  new ServletContainerInitializerInfo(
                      Registration.class,
                      new ImmediateInstanceFactory<>(new Registration(app)),
                      Set.of()));
      errorPages.forEach((status, location) -> info.addErrorPage(new ErrorPage(location, status)));
      DeploymentManager manager = Servlets.newContainer().addDeployment(info);
      manager.deploy();
      var root = io.undertow.Handlers.path().addPrefixPath(info.getContextPath(), manager.start());
      Undertow undertow =
          Undertow.builder()
              .addHttpListener(0, "127.0.0.1")
              .setServerOption(
                  UndertowOptions.SHUTDOWN_TIMEOUT, ContainerSettings.UNDERTOW_SHUTDOWN_MILLIS)
              .setHandler(root)
              .build();
      undertow.start();
      int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
      return new Running(
          port,
          () -> {
            manager.stop();
            undertow.stop();
          });
    }
  };

  /** Where containers tell of the failures that tests make; not told on the console. */
  private static final Logger TOMCAT_FAILURES =
      Logger.getLogger("org.apache.catalina.core.ContainerBase");

  private static final Logger UNDERTOW_FAILURES = Logger.getLogger("io.undertow.request");

  /**
   * Starts the container with one application.
   *
   * @param contextPath "" or "/x"
   * @param app what registers its servlets and filters
   * @param errorPages locations by status
   */
  abstract Running start(String contextPath, WebApp app, Map<Integer, String> errorPages)
      throws Exception;

  Running start(WebApp app) throws Exception {
    return start("", app, Map.of());
  }

  /** What makes up an application. */
  @FunctionalInterface
  interface WebApp {
    void register(ServletContext context) throws ServletException;
  }

  /** A started container. */
  record Running(int port, AutoCloseable stop) implements AutoCloseable {
    @Override
    public void close() {
      try {
        stop.close();
      } catch (Exception e) {
        throw new IllegalStateException("the container does not stop", e);
      }
    }
  }

  private record Registration(WebApp app) implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
      app.register(context);
    }
  }
}
