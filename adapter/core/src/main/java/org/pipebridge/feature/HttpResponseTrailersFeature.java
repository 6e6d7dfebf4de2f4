package org.pipebridge.feature;

/**
 * The trailer fields of a response (F40, T4 to T8); absent when this response cannot carry any.
 *
 * <p>ASP.NET Core: {@code IHttpResponseTrailersFeature}.
 *
 * @since 0.1
 */
public interface HttpResponseTrailersFeature {

  /**
   * Returns the trailers, which may be changed until the response is complete (T4).
   *
   * @return the trailers
   */
  Headers trailers();

  /**
   * Replaces the trailers.
   *
   * @param trailers the new ones
   */
  void setTrailers(Headers trailers);
}
