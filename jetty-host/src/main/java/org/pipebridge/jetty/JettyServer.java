package org.pipebridge.jetty;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddresses;
import org.pipebridge.server.ServerAddressesFeature;

/**
 * A server on embedded Jetty, which owns its container and so keeps the contract whole.
 *
 * <p>It listens on the addresses of its {@link ServerAddressesFeature}, else on the connectors that
 * code configured, else on {@code http://localhost:5000} (S20, S22). On each of its own addresses
 * 512 clients may wait to be accepted, if the system lets them. ASP.NET Core: {@code
 * KestrelServer}, {@code SocketTransportOptions.Backlog}.
 *
 * @since 0.1
 */
public final class JettyServer implements Server {

  private enum State {
    NEW,
    STARTED,
    STOPPED
  }

  private final ReentrantLock lock = new ReentrantLock(); // concurrent stops return together (S4)
  private final JettyOptions options;
  private final Consumer<? super org.eclipse.jetty.server.Server> configure;
  private final ServerAddresses addresses = new ServerAddresses();
  private final HostedServer hosted;
  private volatile State state = State.NEW;
  private @Nullable JettyContainer container;

  /** Creates a server with the default options. */
  public JettyServer() {
    this(JettyOptions.DEFAULT);
  }

  /**
   * Creates a server.
   *
   * @param options what it is made with
   */
  public JettyServer(JettyOptions options) {
    this(options, jetty -> {});
  }

  /**
   * Creates a server on a Jetty that code configures, for what {@link JettyOptions} do not cover.
   *
   * @param options what it is made with
   * @param configure is given the Jetty before it starts; connectors that it adds are used in place
   *     of the addresses (S22)
   */
  public JettyServer(
      JettyOptions options, Consumer<? super org.eclipse.jetty.server.Server> configure) {
    this.options = Objects.requireNonNull(options, "options");
    this.configure = Objects.requireNonNull(configure, "configure");
    JettyLogs.quieten();
    this.hosted = new HostedServer(options.requests());
    hosted.features().set(ServerAddressesFeature.class, addresses);
  }

  @Override
  public FeatureCollection features() {
    return hosted.features();
  }

  @Override
  public <C> void start(HttpApplication<C> application) throws IOException {
    Objects.requireNonNull(application, "application");
    lock.lock();
    try {
      if (state != State.NEW) {
        throw new IllegalStateException("a server starts once, but this one is " + state);
      }
      state = State.STOPPED; // unless all goes well
      JettyContainer made = new JettyContainer(options, hosted);
      hosted.start(application);
      addresses.fix(made.start(addresses, configure));
      container = made;
      state = State.STARTED;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop(Duration grace) {
    if (Objects.requireNonNull(grace, "grace").isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, but is " + grace);
    }
    lock.lock();
    try {
      state = State.STOPPED;
      JettyContainer running = container;
      container = null;
      if (running != null) {
        running.stop(grace);
      }
    } finally {
      lock.unlock();
    }
  }
}
