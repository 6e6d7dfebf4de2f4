package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.feature.HttpStreamIdFeature;

/** The stream of a request over HTTP/2 (F41, F42). */
final class ServletStreamFeature implements HttpStreamIdFeature, HttpResetFeature {

  /** What {@link #errorCode} returns unless the application resets the stream itself. */
  static final long NONE = -1;

  private static final long MAX_ERROR_CODE = 0xFFFF_FFFFL;

  private final ServletTransport transport;
  private final long id;
  private volatile long errorCode = NONE;

  private ServletStreamFeature(ServletTransport transport, long id) {
    this.transport = transport;
    this.id = id;
  }

  /**
   * Returns the stream of a request, or null if it has none or the container does not show its
   * number: Undertow shows one of its own, and those of clients are odd (RFC 9113, section 5.1.1).
   */
  static @Nullable ServletStreamFeature of(ServletTransport transport) {
    HttpServletRequest request = transport.request();
    if (!request.getProtocol().startsWith("HTTP/2")) {
      return null;
    }
    String id = request.getProtocolRequestId();
    boolean clients = id.matches("[0-9]{0,9}[13579]");
    return clients ? new ServletStreamFeature(transport, Long.parseLong(id)) : null;
  }

  @Override
  public long streamId() {
    transport.exchange().checkAlive();
    return id;
  }

  @Override
  public void reset(long errorCode) {
    transport.exchange().checkAlive();
    if (errorCode < 0 || errorCode > MAX_ERROR_CODE) {
      throw new IllegalArgumentException("an error code has 32 bits, but this one is " + errorCode);
    }
    this.errorCode = errorCode;
    transport.exchange().features().require(HttpRequestLifetimeFeature.class).abort();
  }

  /** The error code for the client, or {@link #NONE} for that of the server. */
  long errorCode() {
    return errorCode;
  }
}
