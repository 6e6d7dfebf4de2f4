package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.Transport;

/**
 * The part of a {@link ServletTransport} that reads the request: what its head says of the content,
 * and the content itself, from a stream that is opened at the first byte.
 */
abstract class ServletRequestSide implements Transport {

  private final ServletServer server;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private @Nullable ServletInputStream input;
  private volatile @Nullable ContainerSignals signals;
  private boolean refused;

  ServletRequestSide(
      ServletServer server, HttpServletRequest request, HttpServletResponse response) {
    this.server = server;
    this.request = request;
    this.response = response;
  }

  abstract Exchange exchange();

  /** What ends the request on another thread, if it was needed. */
  abstract @Nullable Ending existingEnding();

  /** Whether the container has let go of the request: its objects must not be touched (U8). */
  abstract boolean isTurnedOver();

  abstract ServletFeatures features();

  final ServletServer server() {
    return server;
  }

  final HttpServletRequest request() {
    return request;
  }

  final HttpServletResponse response() {
    return response;
  }

  /** Whether the connection carries one request at a time, so that a header may end it (V9). */
  final boolean isHttp1() {
    return request.getProtocol().startsWith("HTTP/1");
  }

  /** Whether it came over HTTP/2 to Undertow or WildFly, where a reset may show in any way. */
  final boolean isUndertowStream() {
    return server.container(request) == ContainerKind.UNDERTOW && !isHttp1();
  }

  /** What tells of the streams, if I/O does not block. */
  final @Nullable ContainerSignals signals() {
    return signals;
  }

  /** Whether the container has answered by itself, because the content was bad. */
  final boolean isRefused() {
    return refused;
  }

  @Override
  public final boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  @Override
  public final int initialStatus() {
    boolean error = request.getDispatcherType() == DispatcherType.ERROR;
    Object status = error ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
    return status instanceof Integer code && code >= 200 ? code : 200;
  }

  @Override
  public final boolean canHaveBody() {
    if (isTurnedOver()) {
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
  public final long requestContentLength() {
    return request.getHeader(HeaderNames.TRANSFER_ENCODING) == null
        ? request.getContentLengthLong()
        : -1;
  }

  @Override
  public void goNonBlocking() {
    signals = new ContainerSignals(this);
  }

  @Override
  public final boolean canRead() throws IOException {
    ContainerSignals known = signals;
    Ending end = existingEnding();
    if (known == null || (end != null && end.isWaiting())) {
      return true; // and the read blocks
    }
    if (end == null || !end.isAsync()) {
      return false; // the container's thread is about to leave, and then it goes on
    }
    boolean committed = isAnswered();
    try {
      return known.canRead(input());
    } catch (IOException e) {
      throw failedRead(e, committed);
    }
  }

  @Override
  public final int read(byte[] into, int offset, int count) throws IOException {
    boolean committed = isAnswered();
    try {
      return isAtEnd() ? -1 : input().read(into, offset, count);
    } catch (IOException e) {
      throw failedRead(e, committed);
    }
  }

  /**
   * Whether content that is moved without blocking has ended, which Tomcat lets nobody read.
   * Grizzly calls finished what has come whole, read or not; Tomcat must not be asked for more
   * then, as it would read the next request.
   */
  private boolean isAtEnd() throws IOException {
    return signals != null
        && input().isFinished()
        && (server().container(request) != ContainerKind.GRIZZLY || input().available() == 0);
  }

  /** Whether an answer has begun, or the container has ended the request by itself. */
  private boolean isAnswered() {
    try {
      return response.isCommitted();
    } catch (IllegalStateException takenBack) { // Jetty's, when a stream was reset
      return true;
    }
  }

  private IOException failedRead(IOException failure, boolean committed) {
    refused = !committed && isAnswered(); // Tomcat refuses bad content by itself
    return NativeFailures.reading(failure, isHttp1());
  }

  @Override
  public final int available() throws IOException {
    return isAtEnd() ? 0 : input().available();
  }

  /** Lets go of the content; the request is over. */
  final void releaseContent() {
    if (input instanceof UndertowContent content) {
      content.release();
    }
  }

  private ServletInputStream input() throws IOException {
    if (input == null) {
      if (server().container(request) == ContainerKind.GRIZZLY && requestContentLength() < 0) {
        // it adds trailers to the headers once the content was read (T2)
        features().keepHeaders();
      }
      try {
        input = UndertowContent.of(this, AnnouncedContent.of(this, request.getInputStream()));
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "a filter in front has taken the reader of the request, so its content cannot be read"
                + " as bytes (W47)",
            e);
      }
    }
    return input;
  }
}
