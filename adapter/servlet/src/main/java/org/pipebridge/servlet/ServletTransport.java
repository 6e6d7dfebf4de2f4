package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.KeptContent;
import org.pipebridge.internal.Ascii;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;
import org.pipebridge.server.exchange.Upgrading;

/**
 * Carries one exchange on the request and response objects that the container passed in.
 *
 * <p>The native streams are opened at the first byte only; the response is never made with
 * sendError, nor through a writer (W6). What happens after {@link #finished} is {@link Leaving}'s,
 * or on other threads the {@link Ending}'s.
 */
final class ServletTransport implements Transport {

  private final ServletServer server;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final @Nullable FilterChain chain;
  private final boolean include;
  private final Exchange exchange;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private @Nullable ServletFeatures features;
  private volatile @Nullable Thread serving = Thread.currentThread();
  private volatile @Nullable Ending ending;
  private @Nullable ServletInputStream input;
  private @Nullable ServletOutputStream output;
  private volatile @Nullable ContainerSignals signals;
  private boolean handingOver;
  private boolean wrote;
  private boolean answered;
  private volatile boolean turnedOver;
  private boolean notModified;

  ServletTransport(
      ServletServer server,
      Exchanges exchanges,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable FilterChain chain) {
    this.server = server;
    this.request = request;
    this.response = response;
    this.chain = chain;
    this.include = request.getDispatcherType() == DispatcherType.INCLUDE;
    this.ending = chain == null ? null : new Ending(this);
    this.exchange = new Exchange(this, exchanges);
  }

  ServletServer server() {
    return server;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  Exchange exchange() {
    return exchange;
  }

  /** What ends the request on another thread; made on the container's. */
  Ending ending() {
    Ending known = ending;
    if (known == null) {
      known = new Ending(this);
      ending = known;
    }
    return known;
  }

  /** Whether a run that has returned is over, and the container's thread leaves with it. */
  boolean endsHere(ExchangeRun<?> run) {
    Ending known = ending;
    boolean here = known == null || known.endsHere(run);
    serving = null;
    return here && !turnedOver;
  }

  /** Whether this thread is the container's, inside the request. */
  boolean isServing(Thread thread) {
    return thread == serving;
  }

  /** The rest of the filter chain, if the end of the pipeline falls through to it (W30). */
  @Nullable FilterChain chain() {
    return chain;
  }

  boolean inFilter() {
    return chain != null;
  }

  /** Reads the target at once: in Liberty another thread may get that of another request. */
  void readTarget() {
    HttpRequestFeature line = exchange.features().require(HttpRequestFeature.class);
    line.path();
    line.rawTarget();
  }

  boolean isInclude() {
    return include;
  }

  /** Whether the container has let go of the request: its objects must not be touched (U8). */
  boolean isTurnedOver() {
    return turnedOver;
  }

  /** Gives the response to the rest of the chain: only what the pipeline set is put on it (W32). */
  void handOver(FilterChain next) throws Exception {
    handingOver = true;
    KeptContent kept =
        exchange.features().get(HttpRequestBodyFeature.class) instanceof KeptContent.Keeper keeper
            ? keeper.give()
            : null;
    if (kept == null) {
      exchange.handOver();
      next.doFilter(request, response);
      return;
    }
    try (ReplayedRequest replayed = new ReplayedRequest(request, kept)) { // W33
      exchange.handOver();
      next.doFilter(replayed, response);
    }
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    return features().get(type);
  }

  private ServletFeatures features() {
    if (features == null) {
      features = new ServletFeatures(this);
    }
    return features;
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return ServletFeatures.TYPES;
  }

  @Override
  public boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  @Override
  public int initialStatus() {
    boolean error = request.getDispatcherType() == DispatcherType.ERROR;
    Object status = error ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
    return status instanceof Integer code && code >= 200 ? code : 200;
  }

  @Override
  public int handedOverStatus() {
    return response.getStatus();
  }

  @Override
  public boolean canHaveBody() {
    if (turnedOver) {
      return false;
    }
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    return isHttp1()
        ? request.getHeader(HeaderNames.TRANSFER_ENCODING) != null
        : server.hasStreamContent(request);
  }

  @Override
  public long requestContentLength() {
    return request.getHeader(HeaderNames.TRANSFER_ENCODING) == null
        ? request.getContentLengthLong()
        : -1;
  }

  @Override
  public boolean isOnContainerThread() {
    Thread thread = Thread.currentThread();
    ContainerSignals known = signals;
    return isServing(thread) || (known != null && known.isCalling(thread));
  }

  @Override
  public boolean mayBeNonBlocking() {
    Ending known = ending;
    if (known == null || !known.isAsync()) {
      return (known == null || !known.isWaiting())
          && Ending.canStartAsync(this)
          && ContainerKind.of(request).movesWithoutBlocking()
          && !Ending.asksForUpgrade(this); // its thread is needed
    }
    return true;
  }

  @Override
  public void goNonBlocking() {
    signals = new ContainerSignals(this);
    if (isServing(Thread.currentThread())) {
      ending().startAsync();
    }
  }

  /** What tells of the streams, if I/O does not block. */
  @Nullable ContainerSignals signals() {
    return signals;
  }

  @Override
  public boolean canRead() throws IOException {
    ContainerSignals known = signals;
    Ending end = ending;
    if (known == null || (end != null && end.isWaiting())) {
      return true; // and the read blocks
    }
    if (end == null || !end.isAsync()) {
      return false; // the container's thread is about to leave, and then it goes on
    }
    boolean committed = response.isCommitted();
    try {
      return known.canRead(input());
    } catch (IOException e) {
      throw failedRead(e, committed);
    }
  }

  @Override
  public boolean canWrite() throws IOException {
    ContainerSignals known = signals;
    Ending end = ending;
    if (known == null || (end != null && end.isWaiting())) {
      return true; // and the write blocks
    }
    return end != null && end.isAsync() && known.canWrite(output());
  }

  @Override
  public void runElsewhere(Runnable work) {
    ending().runElsewhere(work);
  }

  private IOException failedRead(IOException failure, boolean committed) {
    answered = !committed && response.isCommitted(); // Tomcat refuses bad content by itself
    return NativeFailures.reading(failure, isHttp1());
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    boolean committed = response.isCommitted();
    try {
      if (signals != null && input().isFinished()) {
        return -1; // where reads do not block, Tomcat lets nobody read the end
      }
      return input().read(into, offset, count);
    } catch (IOException e) {
      throw failedRead(e, committed);
    }
  }

  @Override
  public int available() throws IOException {
    return input().available();
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    if (include) {
      return; // an included response has no head of its own (W42)
    }
    if (!handingOver || status != 200) {
      response.setStatus(status);
    }
    if (!handingOver) {
      beginExtras(ServletExtras.canFollow(this, status, headers, contentLength));
    }
    for (int line = 0; line < headers.size(); line++) {
      boolean onConnection = Ascii.equalsIgnoreCase(headers.name(line), HeaderNames.CONNECTION);
      if (headers.isSent(line) && (isHttp1() || !onConnection)) {
        put(headers, line);
      }
    }
    notModified = status == HttpServletResponse.SC_NOT_MODIFIED;
    if (contentLength >= 0) {
      response.setContentLengthLong(contentLength);
    }
    if ((close && isHttp1()) || mustClose(contentLength)) {
      response.setHeader(HeaderNames.CONNECTION, "close");
    }
  }

  private void beginExtras(boolean trailersFollow) {
    ServletExtras extras = trailersFollow ? features().extras() : existingExtras();
    if (extras != null) {
      extras.begin(trailersFollow);
    }
  }

  @Nullable ServletExtras existingExtras() {
    return features == null ? null : features.existingExtras();
  }

  @Override
  public boolean hasTrailers() {
    ServletExtras extras = existingExtras();
    return extras != null && extras.hasResponseTrailers();
  }

  @Override
  public void dropExtras() {
    ServletExtras extras = existingExtras();
    if (extras != null) {
      extras.drop();
    }
  }

  /** Whether only the end of the connection tells an old client where the content ends (R24). */
  private boolean mustClose(long contentLength) {
    return contentLength < 0
        && request.getProtocol().equals("HTTP/1.0")
        && !server.endsOldConnections(); // Jetty would not say so
  }

  /** Whether the connection carries one request at a time, so that a header may end it (V9). */
  boolean isHttp1() {
    return request.getProtocol().startsWith("HTTP/1");
  }

  /**
   * Sets the first line of a name, so that it replaces what a filter had set, and adds the others.
   */
  private void put(ResponseHeaders headers, int line) {
    String name = headers.name(line);
    String value = headers.value(line);
    if (Ascii.equalsIgnoreCase(name, HeaderNames.CONTENT_TYPE)) {
      response.setContentType(value);
    } else if (Ascii.equalsIgnoreCase(name, HeaderNames.SET_COOKIE)
        || hasEarlierLine(headers, line, name)) {
      response.addHeader(name, value);
    } else {
      response.setHeader(name, value);
    }
  }

  private static boolean hasEarlierLine(ResponseHeaders headers, int line, String name) {
    for (int i = 0; i < line; i++) {
      if (Ascii.equalsIgnoreCase(headers.name(i), name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    wrote = true;
    output().write(from, offset, count);
  }

  @Override
  public void flush() throws IOException {
    if (include) {
      return;
    }
    response.flushBuffer();
    if (output != null && server.isLiberty(request)) {
      output.flush(); // the first flush only commits the response there
    }
  }

  @Override
  public void end() throws IOException {
    if (!include) {
      ServletExtras extras = existingExtras();
      if (isHead() || notModified || extras != null && extras.areTrailersFollowing()) {
        // closing an empty response would make it declare a length of 0 (R32, T5; R26 on Jetty)
        response.flushBuffer();
      }
      output().close();
    }
  }

  @Override
  public boolean isCommitted() {
    return include ? wrote : response.isCommitted();
  }

  @Override
  public void reset() {
    if (!include) {
      response.reset();
    }
  }

  @Override
  public void abort() {
    if (turnedOver) {
      return;
    }
    long errorCode = features == null ? ServletStreamFeature.NONE : features.errorCode();
    if (errorCode == ServletStreamFeature.NONE) {
      server.breakConnection(request);
    } else {
      server.resetStream(request, errorCode);
    }
  }

  @Override
  public void suspend() {
    ending().suspend();
  }

  @Override
  public void resume(Runnable step) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    if (before == loader) {
      step.run();
      return;
    }
    thread.setContextClassLoader(loader); // W13
    try {
      step.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public boolean isUpgradable() {
    boolean able = !include && request.getProtocol().equals("HTTP/1.1");
    return able && server.isUpgradable(request);
  }

  @Override
  public void upgrade(Upgrading upgrading) {
    if (ending == null) {
      turnOver(upgrading);
    } else {
      ending.turnOver(() -> turnOver(upgrading));
    }
  }

  private void turnOver(Upgrading upgrading) {
    try {
      features().keep();
      Executor executor = server.executor(request);
      turnedOver = true;
      server
          .upgrade(request, response)
          .whenComplete(
              (connection, failure) -> {
                if (failure == null) {
                  upgrading.opened(connection, executor);
                } else {
                  upgrading.failed(new IOException("the container brings no connection", failure));
                }
              });
    } catch (IOException | ServletException | RuntimeException e) {
      turnedOver = false;
      upgrading.failed(e);
    }
  }

  @Override
  public void finished(Outcome outcome) {
    if (ending != null && !turnedOver) { // else the container has ended the request long ago
      ending.finished(seen(outcome));
    }
  }

  /** What the container sees of an outcome: a request that it has refused by itself is gone. */
  Outcome seen(Outcome outcome) {
    return answered && outcome == Outcome.KILL ? Outcome.GONE : outcome;
  }

  private ServletInputStream input() throws IOException {
    if (input == null) {
      try {
        input = request.getInputStream();
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "a filter in front has taken the reader of the request, so its content cannot be read"
                + " as bytes (W47)",
            e);
      }
    }
    return input;
  }

  private ServletOutputStream output() throws IOException {
    if (output == null) {
      output = response.getOutputStream();
    }
    return output;
  }
}
