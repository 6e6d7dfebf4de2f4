package org.pipebridge.feature;

/**
 * The trailer fields of a request (F39, T1 to T3).
 *
 * <p>ASP.NET Core: {@code IHttpRequestTrailersFeature}.
 *
 * @since 0.1
 */
public interface HttpRequestTrailersFeature {

  /**
   * Tells whether the trailers can be read: there is no content, or its end was read (T1).
   *
   * @return whether {@link #trailers()} may be called
   */
  boolean available();

  /**
   * Returns the trailers, which are never merged into the headers (T2).
   *
   * @return the trailers, perhaps none
   * @throws IllegalStateException if they are not available yet
   */
  Headers trailers();
}
