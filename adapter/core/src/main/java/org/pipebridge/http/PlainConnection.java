package org.pipebridge.http;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpConnectionFeature;

/** A connection that nothing is known of, unless it is set (F26). */
final class PlainConnection implements HttpConnectionFeature {

  private String connectionId = "";
  private @Nullable InetAddress remoteAddress;
  private int remotePort;
  private @Nullable InetAddress localAddress;
  private int localPort;

  PlainConnection(FeatureCollection features) {}

  @Override
  public String connectionId() {
    return connectionId;
  }

  @Override
  public void setConnectionId(String connectionId) {
    this.connectionId = Objects.requireNonNull(connectionId, "connectionId");
  }

  @Override
  public @Nullable InetAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public void setRemoteAddress(@Nullable InetAddress address) {
    this.remoteAddress = address;
  }

  @Override
  public int remotePort() {
    return remotePort;
  }

  @Override
  public void setRemotePort(int port) {
    this.remotePort = port;
  }

  @Override
  public @Nullable InetAddress localAddress() {
    return localAddress;
  }

  @Override
  public void setLocalAddress(@Nullable InetAddress address) {
    this.localAddress = address;
  }

  @Override
  public int localPort() {
    return localPort;
  }

  @Override
  public void setLocalPort(int port) {
    this.localPort = port;
  }
}
