package org.pipebridge.servlet;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.server.exchange.Exchange;

/** The connection of a servlet request, read once, when it is asked for (F26). */
final class ServletConnectionFeature implements HttpConnectionFeature {

  private final Exchange exchange;
  private String connectionId;
  private @Nullable InetAddress remoteAddress;
  private int remotePort;
  private @Nullable InetAddress localAddress;
  private int localPort;

  ServletConnectionFeature(HttpServletRequest request, Exchange exchange) {
    this.exchange = exchange;
    ServletConnection connection = request.getServletConnection();
    this.connectionId = connection == null ? "" : connection.getConnectionId();
    this.remoteAddress = address(request.getRemoteAddr());
    this.remotePort = Math.max(request.getRemotePort(), 0);
    this.localAddress = address(request.getLocalAddr());
    this.localPort = Math.max(request.getLocalPort(), 0);
  }

  @Override
  public String connectionId() {
    exchange.checkAlive();
    return connectionId;
  }

  @Override
  public void setConnectionId(String connectionId) {
    exchange.checkAlive();
    this.connectionId = Objects.requireNonNull(connectionId, "connectionId");
  }

  @Override
  public @Nullable InetAddress remoteAddress() {
    exchange.checkAlive();
    return remoteAddress;
  }

  @Override
  public void setRemoteAddress(@Nullable InetAddress address) {
    exchange.checkAlive();
    remoteAddress = address;
  }

  @Override
  public int remotePort() {
    exchange.checkAlive();
    return remotePort;
  }

  @Override
  public void setRemotePort(int port) {
    exchange.checkAlive();
    remotePort = port;
  }

  @Override
  public @Nullable InetAddress localAddress() {
    exchange.checkAlive();
    return localAddress;
  }

  @Override
  public void setLocalAddress(@Nullable InetAddress address) {
    exchange.checkAlive();
    localAddress = address;
  }

  @Override
  public int localPort() {
    exchange.checkAlive();
    return localPort;
  }

  @Override
  public void setLocalPort(int port) {
    exchange.checkAlive();
    localPort = port;
  }

  /** Takes an IP literal; anything else would be looked up, and is not an address (F26). */
  private static @Nullable InetAddress address(@Nullable String text) {
    if (text == null || text.isEmpty() || !isLiteral(text)) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  private static boolean isLiteral(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    return v6 || text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
