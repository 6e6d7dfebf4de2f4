package org.pipebridge.feature;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How slow a client may be (F48, L12); HTTP/1.1 on servers that watch it.
 *
 * <p>ASP.NET Core: {@code IHttpMinRequestBodyDataRateFeature} and {@code
 * IHttpMinResponseDataRateFeature}.
 *
 * @since 0.1
 */
public interface HttpMinDataRateFeature {

  /**
   * A rate.
   *
   * @param bytesPerSecond the rate, positive
   * @param grace how long a client may be slower at first
   */
  record Rate(double bytesPerSecond, Duration grace) {

    /**
     * Checks the rate.
     *
     * @param bytesPerSecond the rate
     * @param grace the grace
     * @throws IllegalArgumentException if it is not positive, or the grace negative (L8)
     */
    public Rate {
      if (!(bytesPerSecond > 0)) {
        throw new IllegalArgumentException(
            "bytesPerSecond must be positive, but is " + bytesPerSecond);
      }
      if (grace.isNegative()) {
        throw new IllegalArgumentException("grace must not be negative, but is " + grace);
      }
    }
  }

  /**
   * Returns the rate for the request's content.
   *
   * @return the rate, or null if it is not watched
   */
  @Nullable Rate requestRate();

  /**
   * Sets the rate for the request's content.
   *
   * @param rate the rate, or null to stop watching
   */
  void setRequestRate(@Nullable Rate rate);

  /**
   * Returns the rate for the response.
   *
   * @return the rate, or null if it is not watched
   */
  @Nullable Rate responseRate();

  /**
   * Sets the rate for the response.
   *
   * @param rate the rate, or null to stop watching
   */
  void setResponseRate(@Nullable Rate rate);
}
