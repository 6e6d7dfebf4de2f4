package org.pipebridge.feature;

import org.jspecify.annotations.Nullable;

/**
 * A name for the request in logs, unique in the process (F25).
 *
 * <p>ASP.NET Core: {@code IHttpRequestIdentifierFeature}.
 *
 * @since 0.1
 */
public interface HttpRequestIdentifierFeature {

  /**
   * Returns the identifier.
   *
   * @return the identifier, the same at each call
   */
  String traceIdentifier();

  /**
   * Sets the identifier.
   *
   * @param traceIdentifier the identifier, or null for a new one at the next look
   */
  void setTraceIdentifier(@Nullable String traceIdentifier);
}
