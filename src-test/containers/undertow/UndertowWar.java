import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs unpacked WARs without a web.xml in Undertow, which has classes for servlets but none for
 * WARs: each with a class loader of its own, its initializers called, without classes they ask for.
 */
public final class UndertowWar {

  private UndertowWar() {}

  /**
   * Runs until the process is asked to end.
   *
   * @param args pairs of context path and folder, such as {@code /app=/tmp/app}
   */
  public static void main(String[] args) throws Exception {
    PathHandler paths = Handlers.path();
    List<DeploymentManager> deployments = new ArrayList<>();
    for (String arg : args) {
      String[] pair = arg.split("=", 2);
      DeploymentManager deployment =
          Servlets.defaultContainer().addDeployment(application(pair[0], Path.of(pair[1])));
      deployment.deploy();
      deployments.add(deployment);
      paths.addPrefixPath(pair[0], deployment.start());
    }
    GracefulShutdownHandler graceful = Handlers.gracefulShutdown(paths);
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L) // else 2 MiB
            .setHandler(graceful)
            .build();
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, graceful, deployments)));
    InetSocketAddress address =
        (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("listens on " + address.getPort());
  }

  private static void stop(
      Undertow server, GracefulShutdownHandler graceful, List<DeploymentManager> deployments) {
    try {
      graceful.shutdown();
      graceful.awaitShutdown(10_000);
      for (DeploymentManager deployment : deployments) {
        deployment.stop();
        deployment.undeploy();
      }
      server.stop();
    } catch (Exception e) {
      e.printStackTrace();
    }
  }

  private static DeploymentInfo application(String context, Path folder) throws Exception {
    ClassLoader loader = loader(folder);
    DeploymentInfo application =
        Servlets.deployment()
            .setDeploymentName(context)
            .setContextPath(context)
            .setClassLoader(loader)
            .setResourceManager(new PathResourceManager(folder));
    for (ServletContainerInitializer initializer :
        ServiceLoader.load(ServletContainerInitializer.class, loader)) {
      application.addServletContainerInitializer(
          new ServletContainerInitializerInfo(initializer.getClass(), Set.of()));
    }
    return application;
  }

  private static ClassLoader loader(Path folder) throws Exception {
    List<URL> urls = new ArrayList<>();
    urls.add(folder.resolve("WEB-INF/classes").toUri().toURL());
    try (Stream<Path> jars = Files.list(folder.resolve("WEB-INF/lib"))) {
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), UndertowWar.class.getClassLoader());
  }
}
