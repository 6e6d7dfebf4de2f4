package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.http.PathString;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerOptions;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;

/**
 * A server inside a servlet container: it is given requests by a {@link PipelineServlet} or a
 * {@link PipelineFilter}.
 *
 * <p>A host that owns its container derives from it to do what the servlet API cannot, such as
 * breaking a connection. ASP.NET Core: {@code IISHttpServer}.
 *
 * @since 0.1
 */
public class ServletServer extends HostHooks implements Server {

  private enum State {
    NEW,
    STARTED,
    STOPPED
  }

  private final System.Logger logger = System.getLogger("org.pipebridge.servlet");
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private final AtomicBoolean warned = new AtomicBoolean();
  private final ReentrantLock stopping = new ReentrantLock();
  private final FeatureMap features = new FeatureMap();
  private final TrailerSupport trailers = new TrailerSupport();
  private final UndertowStreams undertowStreams = new UndertowStreams();
  private final Exchanges exchanges;
  private final @Nullable ServletAddresses addresses;
  private volatile @Nullable HttpApplication<?> application;

  /** Creates a server with the default options. */
  public ServletServer() {
    this(ServerOptions.DEFAULT);
  }

  /**
   * Creates a server.
   *
   * @param options what each request begins with
   */
  public ServletServer(ServerOptions options) {
    this(options, null);
  }

  ServletServer(ServerOptions options, @Nullable ServletAddresses addresses) {
    this.exchanges = new Exchanges(options);
    this.addresses = addresses;
  }

  @Override
  public final FeatureCollection features() {
    return features;
  }

  @Override
  public final <C> void start(HttpApplication<C> application) {
    Objects.requireNonNull(application, "application");
    if (!state.compareAndSet(State.NEW, State.STARTED)) {
      throw new IllegalStateException("a server starts once, but this one is " + state.get());
    }
    this.application = application;
  }

  @Override
  public final void stop(Duration grace) {
    Objects.requireNonNull(grace, "grace");
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative, but is " + grace);
    }
    state.set(State.STOPPED);
    stopping.lock(); // concurrent calls return together (S4)
    try {
      exchanges.stop(grace);
    } finally {
      undertowStreams.close();
      stopping.unlock();
    }
  }

  /** Answers 503 from now on, as {@link #stop} does, while what runs goes on (S4). */
  protected final void refuse() {
    exchanges.refuse();
  }

  /** Runs the application on a request, in a filter with the chain to fall through to. */
  final void service(
      HttpServletRequest request, HttpServletResponse response, @Nullable FilterChain chain)
      throws IOException, ServletException {
    HttpApplication<?> running = application;
    if (request.getDispatcherType() == DispatcherType.ASYNC && reenter(request, chain)) {
      return;
    }
    if (addresses != null) {
      addresses.learn(request);
    }
    boolean failedBefore = request.getDispatcherType() == DispatcherType.ERROR;
    if (failedBefore && response.isCommitted()) {
      return; // nothing can be said any more (W43)
    }
    if (running == null) {
      refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else if (!isAcceptable(request) || (chain == null && MappedPath.differs(this, request))) {
      refuse(request, response, HttpServletResponse.SC_BAD_REQUEST); // V14, V15
    } else {
      run(running, new ServletTransport(this, exchanges, request, response, chain));
    }
  }

  /** In a container the parts of a target are all there is to check; they are not put together. */
  private boolean isAcceptable(HttpServletRequest request) {
    if (!mapsPaths()) {
      return PathString.isAcceptable(rawTarget(request));
    }
    String query = request.getQueryString();
    return PathString.isAcceptable(request.getRequestURI())
        && (query == null || PathString.isAcceptable(query));
  }

  private <C> void run(HttpApplication<C> running, ServletTransport transport)
      throws IOException, ServletException {
    if (container(transport.request()) == ContainerKind.LIBERTY) {
      transport.readTarget();
    }
    onRequest(transport.request(), transport.exchange().features());
    ExchangeRun<C> run = new ExchangeRun<>(running, transport.exchange());
    run.run();
    if (transport.endsHere(run)) {
      Leaving.leave(transport, run);
    }
  }

  private static boolean reenter(HttpServletRequest request, @Nullable FilterChain chain)
      throws IOException, ServletException {
    if (!(request.getAttribute(Ending.ATTRIBUTE) instanceof Ending ending)) {
      return false;
    }
    request.removeAttribute(Ending.ATTRIBUTE);
    ending.reenter(chain);
    return true;
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    response.setStatus(status);
    response.setContentLength(0);
    if (request.getProtocol().startsWith("HTTP/1")) {
      response.setHeader("Connection", "close");
    }
    response.getOutputStream().close();
  }

  /** Who waits for content over HTTP/2 in Undertow. */
  final UndertowStreams undertowStreams() {
    return undertowStreams;
  }

  /** Whether the container sends trailers after this response (T8). */
  final boolean sendsTrailers(ServletTransport transport) {
    return trailers.sends(transport.response());
  }

  /** Breaks a connection, in the container's own way where the host does not or fails to (R11). */
  final boolean tryBreakConnection(HttpServletRequest request) {
    boolean broken = false;
    try {
      broken = breakConnection(request);
    } catch (RuntimeException e) {
      logger.log(System.Logger.Level.DEBUG, "a connection could not be broken", e);
    }
    return broken || super.breakConnection(request);
  }

  /** Says once what to set, so that requests need not wait on the container's threads (W11). */
  final void warnAsyncNotSupported(HttpServletRequest request) {
    if (warned.compareAndSet(false, true)) {
      logger.log(
          System.Logger.Level.WARNING,
          "asynchronous requests are not supported at {0} (servlet {1}), so the container''s thread"
              + " waits for each; set async-supported on it and on every filter in front",
          request.getRequestURI(),
          request.getHttpServletMapping().getServletName());
    }
  }

  /** Says once why requests wait on the container's threads although async is supported (W11). */
  final void warnAsyncRefused(HttpServletRequest request, RuntimeException refusal) {
    if (warned.compareAndSet(false, true)) {
      String message =
          "async was refused at "
              + request.getRequestURI()
              + " although it is supported there, so the container's thread waits; a wrapper in"
              + " front may be the cause";
      logger.log(System.Logger.Level.WARNING, message, refusal);
    }
  }
}
