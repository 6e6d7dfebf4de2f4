package org.pipebridge.jetty;

/**
 * Whether the server asks its clients for certificates (F43).
 *
 * @since 0.1
 */
public enum ClientCertificates {
  /** It does not ask. */
  NONE,
  /** It asks, and takes clients without one, too. */
  WANT,
  /** It asks, and the handshake fails without one. */
  NEED
}
