package org.pipebridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Content of a request over HTTP/2 in Undertow and WildFly that ends with its connection (A3, S3).
 *
 * <p>When a connection ends, Undertow 2.3.26 may not call the ReadListener of a stream that waits
 * for content, and what was cut off may look complete; a read that a reset overtakes fails in any
 * way.
 */
final class UndertowContent extends ServletInputStream {

  private final ServletRequestSide transport;
  private final ServletInputStream in;
  private final Object connection;
  private volatile boolean watched;

  private UndertowContent(ServletRequestSide transport, ServletInputStream in, Object connection) {
    this.transport = transport;
    this.in = in;
    this.connection = connection;
  }

  /** Returns what to read the content of a request from; a filter's own stream is left alone. */
  static ServletInputStream of(ServletRequestSide transport, ServletInputStream in) {
    Object connection =
        transport.isUndertowStream() && ContainerKind.isUndertow(in)
            ? UndertowStreams.connection(transport.request())
            : null;
    return connection == null ? in : new UndertowContent(transport, in, connection);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int read;
    try {
      read = in.isFinished() ? -1 : in.read(into, offset, count);
    } catch (RuntimeException e) {
      throw new IOException("the stream was reset", e);
    }
    if (read < 0 && !UndertowStreams.isOpen(connection)) {
      throw new EOFException("the connection ended, perhaps before the content did");
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    try {
      return in.available();
    } catch (RuntimeException e) {
      throw new IOException("the stream was reset", e);
    }
  }

  /** What may have been cut off is left to the read that fails. */
  @Override
  public boolean isFinished() {
    return in.isFinished() && UndertowStreams.isOpen(connection);
  }

  @Override
  public boolean isReady() {
    return in.isFinished() || in.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
    watched = true;
    transport.server().undertowStreams().add(connection, this);
  }

  /** Aborts the request, which may wait for what will never come; from any thread. */
  void connectionEnded() {
    ContainerSignals signals = transport.signals();
    if (watched && signals != null) {
      signals.ended(new EOFException("the connection ended"));
    }
  }

  /** Says that the response is complete, or the request over. */
  void release() {
    if (watched) {
      watched = false;
      transport.server().undertowStreams().remove(connection, this);
    }
  }
}
