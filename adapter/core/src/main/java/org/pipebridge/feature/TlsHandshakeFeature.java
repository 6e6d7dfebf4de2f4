package org.pipebridge.feature;

import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake agreed on (F44); https only.
 *
 * <p>ASP.NET Core: {@code ITlsHandshakeFeature}.
 *
 * @since 0.1
 */
public interface TlsHandshakeFeature {

  /**
   * Returns the protocol, for example "TLSv1.3".
   *
   * @return the protocol, or null if the container hides it
   */
  @Nullable String protocol();

  /**
   * Returns the cipher suite.
   *
   * @return its standard name
   */
  String cipherSuite();

  /**
   * Returns the effective key size.
   *
   * @return the size in bits
   */
  int keySize();

  /**
   * Returns the server name the client asked for.
   *
   * @return the name, or null if there was none or the container hides it
   */
  @Nullable String serverName();
}
