package org.pipebridge.feature;

/**
 * Tells whether a request can have content (F29).
 *
 * <p>ASP.NET Core: {@code IHttpRequestBodyDetectionFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpRequestBodyDetectionFeature {

  /**
   * Tells whether content may come.
   *
   * @return false promises that no byte will come
   */
  boolean canHaveBody();
}
