package org.pipebridge.server;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;

/**
 * What each request of a server begins with (L6, B12), which it may change for itself, and how many
 * may be upgraded.
 *
 * <p>ASP.NET Core: {@code KestrelServerLimits} and {@code AllowSynchronousIO}.
 *
 * @param maxRequestBodySize the limit for request content in bytes; empty for none
 * @param allowSynchronousIo whether blocking body operations are allowed
 * @param maxUpgradedConnections how many connections may be upgraded at a time (U9); empty for any
 *     number
 * @since 0.1
 */
public record ServerOptions(
    OptionalLong maxRequestBodySize,
    boolean allowSynchronousIo,
    OptionalInt maxUpgradedConnections) {

  /** 30 MB, blocking I/O allowed. */
  public static final ServerOptions DEFAULT =
      new ServerOptions(OptionalLong.of(HttpMaxRequestBodySizeFeature.DEFAULT_BYTES), true);

  /**
   * Sets what requests begin with, and no limit for upgrades.
   *
   * @param maxRequestBodySize the limit for request content in bytes; empty for none
   * @param allowSynchronousIo whether blocking body operations are allowed
   * @throws IllegalArgumentException if the limit is negative
   */
  public ServerOptions(OptionalLong maxRequestBodySize, boolean allowSynchronousIo) {
    this(maxRequestBodySize, allowSynchronousIo, OptionalInt.empty());
  }

  /**
   * Checks the limits.
   *
   * @param maxRequestBodySize the limit for request content in bytes; empty for none
   * @param allowSynchronousIo whether blocking body operations are allowed
   * @param maxUpgradedConnections how many connections may be upgraded at a time
   * @throws IllegalArgumentException if one of them is negative
   */
  public ServerOptions {
    if (maxUpgradedConnections.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "maxUpgradedConnections must not be negative, but is "
              + maxUpgradedConnections.getAsInt());
    }
    if (maxRequestBodySize.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "maxRequestBodySize must not be negative, but is " + maxRequestBodySize.getAsLong());
    }
  }
}
