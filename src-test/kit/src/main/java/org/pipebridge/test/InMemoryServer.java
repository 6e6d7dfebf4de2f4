package org.pipebridge.test;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerOptions;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;

/**
 * A server without a socket, for tests of an application.
 *
 * <pre>{@code
 * try (InMemoryServer server = InMemoryServer.running(new MyStartup())) {
 *   InMemoryResponse response = server.request("GET", "/hello?name=x").send();
 *   assertThat(response.text()).isEqualTo("Hello, x");
 * }
 * }</pre>
 *
 * <p>It keeps the rules that servers over a socket keep, those of a response that fails included.
 * It has no address. Each request runs on a thread of the server's. ASP.NET Core: {@code
 * TestServer}.
 *
 * @since 0.1
 */
public final class InMemoryServer implements Server {

  private final FeatureMap features = new FeatureMap();
  private final Exchanges exchanges = new Exchanges(ServerOptions.DEFAULT);
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private final ReentrantLock stopping = new ReentrantLock();
  private final AtomicInteger connections = new AtomicInteger();
  private final ExecutorService executor = Executors.newCachedThreadPool(InMemoryServer::thread);
  private @Nullable HttpApplication<?> application;

  private enum State {
    NEW,
    STARTED,
    STOPPED
  }

  /** Creates a server that was not started. */
  public InMemoryServer() {}

  /**
   * Starts a server with an application.
   *
   * @param startup builds the application's pipeline
   * @return the running server
   * @throws Exception if the pipeline cannot be built
   */
  public static InMemoryServer running(Startup startup) throws Exception {
    InMemoryServer server = new InMemoryServer();
    ApplicationBuilder app = new ApplicationBuilder(server.features());
    startup.configure(app);
    server.start(new PipelineApplication(app.build()));
    return server;
  }

  @Override
  public FeatureCollection features() {
    return features;
  }

  @Override
  public <C> void start(HttpApplication<C> application) {
    Objects.requireNonNull(application, "application");
    if (!state.compareAndSet(State.NEW, State.STARTED)) {
      throw new IllegalStateException("a server starts once; this one is " + state.get());
    }
    this.application = application;
  }

  /**
   * Begins a request, to be sent with {@link InMemoryRequest#send()}.
   *
   * @param method the method
   * @param target the request target, escaped: path and perhaps a query
   * @return the request
   */
  public InMemoryRequest request(String method, String target) {
    return new InMemoryRequest(this, method, target);
  }

  InMemoryExchange begin(InMemoryRequest request) {
    HttpApplication<?> running = application;
    if (running == null || state.get() != State.STARTED) {
      throw new IllegalStateException("the server must be started, but is " + state.get());
    }
    return begin(request, running);
  }

  private <C> InMemoryExchange begin(InMemoryRequest request, HttpApplication<C> running) {
    MemoryTransport transport =
        new MemoryTransport(request, connections.incrementAndGet(), executor);
    Exchange exchange = new Exchange(transport, exchanges);
    transport.setExchange(exchange);
    request.prepare(exchange.features());
    executor.execute(new ExchangeRun<>(running, exchange)::run);
    return new InMemoryExchange(transport, exchange);
  }

  @Override
  public void stop(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, but is " + grace);
    }
    exchanges.refuse(); // before anybody can see that it stops
    state.set(State.STOPPED);
    stopping.lock(); // concurrent calls return together (S4)
    try {
      exchanges.stop(grace);
    } finally {
      stopping.unlock();
    }
    executor.shutdown();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "pipebridge-in-memory");
    thread.setDaemon(true);
    return thread;
  }
}
