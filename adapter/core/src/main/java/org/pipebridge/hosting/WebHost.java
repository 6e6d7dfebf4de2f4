package org.pipebridge.hosting;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.ApplicationLifetime;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;

/**
 * A server, an application, addresses and a lifetime put together: what {@code main} builds and
 * runs.
 *
 * <pre>{@code
 * WebHost.builder()
 *     .server(new SomeServer())
 *     .startup(app -> app.run(context -> context.response().write("Hello")))
 *     .arguments(args)
 *     .build()
 *     .run();
 * }</pre>
 *
 * <p>It starts in the order of S40 and stops in that of S41, each once. It has no thread of its
 * own. Safe from any thread; hosts in one JVM know nothing of each other (S44). ASP.NET Core:
 * {@code IWebHost}.
 *
 * @since 0.1
 */
public final class WebHost implements AutoCloseable {

  /** How long running requests may take when a host stops, unless configured (S5). */
  public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(WebHost.class.getName());

  private final Server server;
  private final Startup startup;
  private final Configuration configuration;
  private final Duration shutdownTimeout;
  private final Lifetime lifetime = new Lifetime();
  private final HostState state = new HostState();

  WebHost(Server server, Startup startup, Configuration configuration) {
    this.server = server;
    this.startup = startup;
    this.configuration = configuration;
    this.shutdownTimeout =
        configuration.duration(WebHostDefaults.SHUTDOWN_TIMEOUT, DEFAULT_SHUTDOWN_TIMEOUT);
  }

  /**
   * Begins with a new host.
   *
   * @return a builder
   */
  public static WebHostBuilder builder() {
    return new WebHostBuilder();
  }

  /**
   * Starts the host, waits until it is stopped, and returns then (S43). SIGTERM, Ctrl+C and an
   * interrupt of this thread stop it gracefully.
   *
   * @throws Exception as {@link #start()}
   */
  public void run() throws Exception {
    Thread hook = new Thread(this::stopAtExit, "pipebridge-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      start();
      waitForShutdown();
    } finally {
      removeShutdownHook(hook);
    }
  }

  /**
   * Starts the host, and returns when it answers requests (S40).
   *
   * @throws IllegalStateException if it was started or stopped before (S43)
   * @throws IllegalArgumentException if an address or another setting is malformed
   * @throws java.io.IOException if an address cannot be bound (S26)
   * @throws Exception what the startup failed with; nothing listens then
   */
  public void start() throws Exception {
    state.beginStart();
    HostAddresses addresses;
    boolean started = false;
    try {
      addresses = new HostAddresses(configuration, server.features());
      addresses.give();
      server.start(new PipelineApplication(pipeline()));
      started = true;
    } finally {
      if (!started) {
        closeQuietly();
      }
      state.endStart(started);
    }
    lifetime.notifyStarted();
    addresses.tell();
  }

  /**
   * Waits until {@link ApplicationLifetime#stopApplication()} is called, by a request for example,
   * or the host is stopped otherwise, and stops it then. For programs that called {@link #start()};
   * an interrupt of this thread stops the host too.
   */
  public void waitForShutdown() {
    boolean interrupted = false;
    try {
      lifetime.awaitStoppingInterruptibly();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    stop();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the host; running requests may take the configured time (S5). */
  public void stop() {
    stop(shutdownTimeout);
  }

  /**
   * Stops the host: completes {@link ApplicationLifetime#stopping()}, stops the server, completes
   * {@link ApplicationLifetime#stopped()} (S41). Again, or at the same time: waits for the first
   * stop (S45). It must not be called by a request, which it would wait for; that calls {@link
   * ApplicationLifetime#stopApplication()} instead (S42).
   *
   * @param grace how long running requests may take; not negative
   */
  public void stop(Duration grace) {
    if (Objects.requireNonNull(grace, "grace").isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, but is " + grace);
    }
    // the stop under way may be waiting for a dependent of stopping() that has called this
    if (!state.beginStop(!lifetime.isTelling())) {
      return;
    }
    try {
      lifetime.stopApplication();
      lifetime.awaitStopping();
      server.stop(grace);
    } finally {
      lifetime.notifyStopped();
      state.endStop();
    }
  }

  /** Stops the host, as {@link #stop()} does. */
  @Override
  public void close() {
    stop();
  }

  /**
   * Returns the life of the application.
   *
   * @return the lifetime
   */
  public ApplicationLifetime lifetime() {
    return lifetime;
  }

  /**
   * Returns the settings of the host.
   *
   * @return the settings
   */
  public Configuration configuration() {
    return configuration;
  }

  /**
   * Returns the features of the server.
   *
   * @return the features
   */
  public FeatureCollection serverFeatures() {
    return server.features();
  }

  /**
   * Returns the addresses of the server; the real ones once it has started (S23).
   *
   * @return the addresses, empty if the server does not tell them
   */
  public Collection<String> addresses() {
    ServerAddressesFeature feature = server.features().get(ServerAddressesFeature.class);
    return feature == null ? List.of() : feature.addresses();
  }

  private RequestDelegate pipeline() throws Exception {
    FeatureCollection features = server.features();
    if (features.isReadOnly()) {
      features = new FeatureMap(features);
    }
    features.set(ApplicationLifetime.class, lifetime);
    return Startups.build(startup, new ApplicationBuilder(features), configuration);
  }

  private void closeQuietly() {
    try {
      server.close();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The server failed to close after it failed to start", e);
    }
  }

  /** Leaves a host alone that is starting: it may be the startup itself that ends the program. */
  private void stopAtExit() {
    if (state.hasStarted()) {
      stop();
    }
  }

  private static void removeShutdownHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending, and the hook is why the host has stopped
    }
  }
}
