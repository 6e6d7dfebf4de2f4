package org.pipebridge.test.container;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;
import org.pipebridge.test.ContainerSettings;

/** An application in an embedded Undertow with its default settings, which speaks HTTP/2, too. */
final class UndertowApp extends Container {

  private DeploymentManager deployment;
  private Undertow undertow;

  @Override
  void deploy(WebApp app) throws Exception {
    ServletContainerInitializer initializer = (classes, servlets) -> app.register(servlets);
    String path = app.contextPath().isEmpty() ? "/" : app.contextPath();
    DeploymentInfo info =
        Servlets.deployment()
            .setClassLoader(getClass().getClassLoader())
            .setContextPath(path)
            .setDeploymentName("test")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    ServletContainerInitializer.class,
                    new ImmediateInstanceFactory<>(initializer),
                    Set.of()));
    app.errorPages().forEach(page -> info.addErrorPage(of(page)));
    deployment = Servlets.newContainer().addDeployment(info);
    deployment.deploy();
    HttpHandler handler = deployment.start();
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(app.threads())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // else 2 MiB (L7)
            .setServerOption(
                UndertowOptions.SHUTDOWN_TIMEOUT, ContainerSettings.UNDERTOW_SHUTDOWN_MILLIS)
            .setHandler(new PathHandler().addPrefixPath(path, handler))
            .build();
    undertow.start();
  }

  private static ErrorPage of(WebApp.ErrorPage page) {
    return page.exception() == null
        ? new ErrorPage(page.location(), page.status())
        : new ErrorPage(page.location(), page.exception());
  }

  @Override
  InetSocketAddress address() {
    return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
  }

  @Override
  void stop() throws Exception {
    deployment.stop();
    undertow.stop();
  }
}
