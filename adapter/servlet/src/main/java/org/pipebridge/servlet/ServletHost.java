package org.pipebridge.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.Lifetime;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.hosting.Startup;
import org.pipebridge.hosting.Startups;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.hosting.WebHostDefaults;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.server.ServerOptions;

/** An application in a servlet context: its settings, its pipeline, its life (W1 to W5, W8). */
final class ServletHost {

  static final String MAPPING = "mapping";
  static final String MODE = "mode";
  private static final String FALL_THROUGH = "fallThrough";
  private static final String MAX_REQUEST_BODY_SIZE = "maxRequestBodySize";
  private static final String ALLOW_SYNCHRONOUS_IO = "allowSynchronousIo";

  private final System.Logger logger = System.getLogger("org.pipebridge.servlet");
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Lifetime lifetime = new Lifetime();
  private final Configuration configuration;
  private final Startup startup;
  private final ServletServer server;
  private final Duration shutdownTimeout;

  private ServletHost(ServletContext context, Configuration configuration, Startup startup) {
    this.configuration = configuration;
    this.startup = startup;
    this.shutdownTimeout =
        configuration.duration(WebHostDefaults.SHUTDOWN_TIMEOUT, WebHost.DEFAULT_SHUTDOWN_TIMEOUT);
    ServletAddresses addresses =
        new ServletAddresses(
            configuration.list(WebHostDefaults.URLS), () -> ContainerAddresses.of(context));
    this.server = new ServletServer(options(configuration), addresses);
    server.features().set(ServerAddressesFeature.class, addresses);
    server.features().set(ApplicationLifetime.class, lifetime);
  }

  /** Reads the settings, the later ones winning, and makes a host, or null without a Startup. */
  static @Nullable ServletHost find(
      ServletContext context, @Nullable Startup given, Map<String, String> params)
      throws ServletException {
    try {
      ClassLoader loader = loader(context);
      Configuration configuration =
          Configuration.builder(
                  MAPPING, MODE, FALL_THROUGH, MAX_REQUEST_BODY_SIZE, ALLOW_SYNCHRONOUS_IO)
              .classPath(loader)
              .values("context parameter", Params.of(context))
              .environment(System.getenv())
              .systemProperties(System.getProperties())
              .values("init parameter", params)
              .build();
      Startup startup =
          given != null ? given : Startups.find(loader, configuration.get(WebHostDefaults.STARTUP));
      return startup == null ? null : new ServletHost(context, configuration, startup);
    } catch (RuntimeException e) {
      throw new ServletException("Pipebridge cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The application's loader; an embedded container may have none of its own. */
  private static ClassLoader loader(ServletContext context) {
    ClassLoader own = context.getClassLoader();
    ClassLoader ofThread = own == null ? Thread.currentThread().getContextClassLoader() : own;
    return ofThread == null ? ServletHost.class.getClassLoader() : ofThread;
  }

  /** As {@link #find}, where a Startup must be there. */
  static ServletHost create(
      ServletContext context, @Nullable Startup given, Map<String, String> params)
      throws ServletException {
    ServletHost host = find(context, given, params);
    if (host == null) {
      throw new ServletException(
          "no Startup found: name one in META-INF/services/" + Startup.class.getName());
    }
    return host;
  }

  ServletServer server() {
    return server;
  }

  Configuration configuration() {
    return configuration;
  }

  boolean fallsThrough() {
    return configuration.flag(FALL_THROUGH, true);
  }

  /** Builds the pipeline, before the first request (W3). */
  void start(boolean inFilter) throws ServletException {
    ApplicationBuilder builder =
        inFilter && fallsThrough()
            ? new ApplicationBuilder(server.features(), new FallThroughEnd())
            : new ApplicationBuilder(server.features());
    try {
      server.start(new PipelineApplication(Startups.build(startup, builder, configuration)));
    } catch (Exception | LinkageError e) {
      throw new ServletException(
          "the application " + startup.getClass().getName() + " cannot be configured: " + e, e);
    }
    if (configuration.setting(WebHostDefaults.URLS) != null) {
      logger.log(
          System.Logger.Level.INFO,
          "the setting urls opens no port here: the container listens where it is told to (S31)");
    }
  }

  void notifyStarted() {
    lifetime.notifyStarted();
  }

  /** Ends it: tells the application, refuses new requests, waits for those under way (W8). */
  void stop() {
    if (stopped.compareAndSet(false, true)) {
      lifetime.stopApplication();
      lifetime.awaitStopping();
      server.stop(shutdownTimeout);
      lifetime.notifyStopped();
    }
  }

  private static ServerOptions options(Configuration configuration) {
    OptionalLong limit = ServerOptions.DEFAULT.maxRequestBodySize();
    String size = configuration.get(MAX_REQUEST_BODY_SIZE);
    if (size != null) {
      limit = size.equals("unlimited") ? OptionalLong.empty() : OptionalLong.of(bytes(size));
    }
    return new ServerOptions(limit, configuration.flag(ALLOW_SYNCHRONOUS_IO, true));
  }

  private static long bytes(String size) {
    try {
      return Long.parseLong(size);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          MAX_REQUEST_BODY_SIZE + " must be a number of bytes or \"unlimited\", but is " + size, e);
    }
  }
}
