package org.pipebridge.test;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpConnectionFeature;

/** A connection that is none: both ends on loopback. */
final class MemoryConnectionFeature implements HttpConnectionFeature {

  private final Runnable check;
  private String connectionId;
  private @Nullable InetAddress remoteAddress = InetAddress.getLoopbackAddress();
  private @Nullable InetAddress localAddress = InetAddress.getLoopbackAddress();
  private int remotePort;
  private int localPort = 80;

  MemoryConnectionFeature(int number, Runnable check) {
    this.check = check;
    this.connectionId = "memory-" + number;
    this.remotePort = 1024 + number % 60_000;
  }

  @Override
  public String connectionId() {
    check.run();
    return connectionId;
  }

  @Override
  public void setConnectionId(String connectionId) {
    check.run();
    this.connectionId = Objects.requireNonNull(connectionId, "connectionId");
  }

  @Override
  public @Nullable InetAddress remoteAddress() {
    check.run();
    return remoteAddress;
  }

  @Override
  public void setRemoteAddress(@Nullable InetAddress address) {
    check.run();
    this.remoteAddress = address;
  }

  @Override
  public int remotePort() {
    check.run();
    return remotePort;
  }

  @Override
  public void setRemotePort(int port) {
    check.run();
    this.remotePort = port;
  }

  @Override
  public @Nullable InetAddress localAddress() {
    check.run();
    return localAddress;
  }

  @Override
  public void setLocalAddress(@Nullable InetAddress address) {
    check.run();
    this.localAddress = address;
  }

  @Override
  public int localPort() {
    check.run();
    return localPort;
  }

  @Override
  public void setLocalPort(int port) {
    check.run();
    this.localPort = port;
  }
}
