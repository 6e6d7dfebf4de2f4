package org.pipebridge.feature;

import org.jspecify.annotations.Nullable;

/**
 * How a WebSocket is accepted (U11, U13).
 *
 * @param protocol the subprotocol to speak, one that was requested; null for none
 * @param maxMessageBytes the largest message taken, in bytes
 * @since 0.1
 */
public record WebSocketOptions(@Nullable String protocol, int maxMessageBytes) {

  /** No subprotocol, messages up to 64 KiB. */
  public static final WebSocketOptions DEFAULT = new WebSocketOptions(null, 64 * 1024);

  /**
   * Checks the limit.
   *
   * @param protocol the subprotocol
   * @param maxMessageBytes the limit
   * @throws IllegalArgumentException if it is not positive (L8)
   */
  public WebSocketOptions {
    if (maxMessageBytes <= 0) {
      throw new IllegalArgumentException(
          "maxMessageBytes must be positive, but is " + maxMessageBytes);
    }
  }
}
