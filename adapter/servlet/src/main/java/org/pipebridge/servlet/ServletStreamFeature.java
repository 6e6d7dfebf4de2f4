package org.pipebridge.servlet;

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

  ServletStreamFeature(ServletTransport transport) {
    this.transport = transport;
    this.id = Long.parseLong(transport.request().getProtocolRequestId());
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
