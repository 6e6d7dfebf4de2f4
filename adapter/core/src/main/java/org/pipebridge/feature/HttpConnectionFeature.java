package org.pipebridge.feature;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The connection a request came on (F26).
 *
 * <p>Addresses are those of the transport, as the container tells them; no name is ever looked up.
 * ASP.NET Core: {@code IHttpConnectionFeature}.
 *
 * @since 0.1
 */
public interface HttpConnectionFeature {

  /**
   * Returns the name of the connection.
   *
   * @return the name; "" if unknown
   */
  String connectionId();

  /**
   * Sets the name of the connection.
   *
   * @param connectionId the name
   */
  void setConnectionId(String connectionId);

  /**
   * Returns the client's address.
   *
   * @return the address, or null if unknown
   */
  @Nullable InetAddress remoteAddress();

  /**
   * Sets the client's address.
   *
   * @param address the address, or null if unknown
   */
  void setRemoteAddress(@Nullable InetAddress address);

  /**
   * Returns the client's port.
   *
   * @return the port; 0 if unknown
   */
  int remotePort();

  /**
   * Sets the client's port.
   *
   * @param port the port
   */
  void setRemotePort(int port);

  /**
   * Returns the server's address.
   *
   * @return the address, or null if unknown
   */
  @Nullable InetAddress localAddress();

  /**
   * Sets the server's address.
   *
   * @param address the address, or null if unknown
   */
  void setLocalAddress(@Nullable InetAddress address);

  /**
   * Returns the server's port.
   *
   * @return the port; 0 if unknown
   */
  int localPort();

  /**
   * Sets the server's port.
   *
   * @param port the port
   */
  void setLocalPort(int port);
}
