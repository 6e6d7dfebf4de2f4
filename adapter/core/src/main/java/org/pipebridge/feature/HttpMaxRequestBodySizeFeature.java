package org.pipebridge.feature;

import java.util.OptionalLong;

/**
 * The largest request content that may be read (F28, L1 to L7).
 *
 * <p>ASP.NET Core: {@code IHttpMaxRequestBodySizeFeature}.
 *
 * @since 0.1
 */
public interface HttpMaxRequestBodySizeFeature {

  /** What a server allows unless it is told otherwise, in bytes. */
  long DEFAULT_BYTES = 30_000_000;

  /**
   * Tells whether it is too late to change the limit: content was read, or the request upgraded
   * (L5).
   *
   * @return whether the limit is fixed
   */
  boolean isReadOnly();

  /**
   * Returns the limit.
   *
   * @return the limit in bytes; empty if there is none
   */
  OptionalLong maxRequestBodySize();

  /**
   * Sets the limit for this request.
   *
   * @param bytes the limit, 0 or more; empty for none
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if {@link #isReadOnly()}
   */
  void setMaxRequestBodySize(OptionalLong bytes);
}
