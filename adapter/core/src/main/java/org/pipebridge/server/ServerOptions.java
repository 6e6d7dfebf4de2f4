package org.pipebridge.server;

import java.util.OptionalLong;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;

/**
 * What each request of a server begins with (L6, B12); a request may change it for itself.
 *
 * <p>ASP.NET Core: {@code KestrelServerLimits} and {@code AllowSynchronousIO}.
 *
 * @param maxRequestBodySize the limit for request content in bytes; empty for none
 * @param allowSynchronousIo whether blocking body operations are allowed
 * @since 0.1
 */
public record ServerOptions(OptionalLong maxRequestBodySize, boolean allowSynchronousIo) {

  /** 30 MB, blocking I/O allowed. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(OptionalLong.of(HttpMaxRequestBodySizeFeature.DEFAULT_BYTES), true);

  /**
   * Checks the limit.
   *
   * @param maxRequestBodySize the limit for request content in bytes; empty for none
   * @param allowSynchronousIo whether blocking body operations are allowed
   * @throws IllegalArgumentException if it is negative
   */
  public ServerOptions {
    if (maxRequestBodySize.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "maxRequestBodySize must not be negative, but is " + maxRequestBodySize.getAsLong());
    }
  }
}
