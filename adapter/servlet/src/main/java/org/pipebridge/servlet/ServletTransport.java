package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.internal.Ascii;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Exchanges;
import org.pipebridge.server.exchange.Outcome;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.Transport;

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
  private @Nullable Ending ending;
  private @Nullable ServletInputStream input;
  private @Nullable ServletOutputStream output;
  private boolean handingOver;
  private boolean wrote;
  private boolean answered;
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
    if (ending == null) {
      ending = new Ending(this);
    }
    return ending;
  }

  /** Whether a run that has returned is over, and the container's thread leaves with it. */
  boolean endsHere(ExchangeRun<?> run) {
    return ending == null || ending.endsHere(run);
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

  /** Gives the response to the rest of the chain: only what the pipeline set is put on it (W32). */
  void handOver(FilterChain next) throws Exception {
    handingOver = true;
    exchange.handOver();
    next.doFilter(request, response);
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    if (features == null) {
      features = new ServletFeatures(this);
    }
    return features.get(type);
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
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    return request.getHeader(HeaderNames.TRANSFER_ENCODING) != null || !isHttp1();
  }

  @Override
  public long requestContentLength() {
    return request.getHeader(HeaderNames.TRANSFER_ENCODING) == null
        ? request.getContentLengthLong()
        : -1;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    boolean committed = response.isCommitted();
    try {
      return input().read(into, offset, count);
    } catch (IOException e) {
      answered = !committed && response.isCommitted(); // Tomcat refuses bad content by itself
      throw NativeFailures.reading(e);
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

  /** Whether only the end of the connection tells an old client where the content ends (R24). */
  private boolean mustClose(long contentLength) {
    return contentLength < 0 && request.getProtocol().equals("HTTP/1.0"); // Jetty would not say so
  }

  /** Whether the connection carries one request at a time, so that a header may end it (V9). */
  private boolean isHttp1() {
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
      if (isHead() || notModified) {
        // closing an empty response would make it declare a length of 0 (R32, R26 on Jetty)
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
    server.breakConnection(request);
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
  public void finished(Outcome outcome) {
    if (ending != null) {
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
