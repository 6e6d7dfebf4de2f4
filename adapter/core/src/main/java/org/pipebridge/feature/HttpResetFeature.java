package org.pipebridge.feature;

/**
 * Resets the stream of a request (F41); HTTP/2 only.
 *
 * <p>ASP.NET Core: {@code IHttpResetFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpResetFeature {

  /**
   * Resets the stream, otherwise as {@link HttpRequestLifetimeFeature#abort()}.
   *
   * @param errorCode an error code of RFC 9113, section 7
   */
  void reset(long errorCode);
}
