package org.pipebridge.jetty;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An end point in front of another one. */
abstract class ForwardingEndPoint implements EndPoint, EndPoint.Wrapper {

  private final EndPoint inner;

  ForwardingEndPoint(EndPoint inner) {
    this.inner = inner;
  }

  @Override
  public final EndPoint unwrap() {
    return inner;
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return inner.getLocalSocketAddress();
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return inner.getRemoteSocketAddress();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public long getCreatedTimeStamp() {
    return inner.getCreatedTimeStamp();
  }

  @Override
  public void shutdownOutput() {
    inner.shutdownOutput();
  }

  @Override
  public boolean isOutputShutdown() {
    return inner.isOutputShutdown();
  }

  @Override
  public boolean isInputShutdown() {
    return inner.isInputShutdown();
  }

  @Override
  public void close(@Nullable Throwable cause) {
    inner.close(cause);
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    return inner.fill(buffer);
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    return inner.flush(buffers);
  }

  @Override
  public Object getTransport() {
    return inner.getTransport();
  }

  @Override
  public long getIdleTimeout() {
    return inner.getIdleTimeout();
  }

  @Override
  public void setIdleTimeout(long idleTimeout) {
    inner.setIdleTimeout(idleTimeout);
  }

  @Override
  public void fillInterested(Callback callback) {
    inner.fillInterested(callback);
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    return inner.tryFillInterested(callback);
  }

  @Override
  public boolean isFillInterested() {
    return inner.isFillInterested();
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    inner.write(callback, buffers);
  }

  @Override
  public @Nullable Callback cancelWrite(Throwable cause) {
    return inner.cancelWrite(cause);
  }

  @Override
  public @Nullable Connection getConnection() {
    return inner.getConnection();
  }

  @Override
  public void setConnection(Connection connection) {
    inner.setConnection(connection);
  }

  @Override
  public void onOpen() {
    inner.onOpen();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    inner.onClose(cause);
  }

  @Override
  public void upgrade(Connection connection) {
    inner.upgrade(connection);
  }

  @Override
  public @Nullable SslSessionData getSslSessionData() {
    return inner.getSslSessionData();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + inner + "]";
  }
}
