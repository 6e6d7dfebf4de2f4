package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import org.jspecify.annotations.Nullable;

/**
 * How the container brought a request to the pipeline (F51, W40 to W43).
 *
 * <p>ASP.NET Core: {@code IStatusCodeReExecuteFeature} and {@code IExceptionHandlerPathFeature}.
 *
 * @since 0.1
 */
public interface ServletDispatchFeature {

  /**
   * Returns the kind of dispatch.
   *
   * @return REQUEST, FORWARD, INCLUDE or ERROR
   */
  DispatcherType type();

  /**
   * Returns the raw URI of the request as the client sent it, of a FORWARD or ERROR.
   *
   * @return the URI, or null for other dispatches
   */
  @Nullable String originalUri();

  /**
   * Returns the status of an ERROR.
   *
   * @return the status, or null for other dispatches
   */
  @Nullable Integer errorStatus();

  /**
   * Returns the exception of an ERROR.
   *
   * @return the exception, or null if there is none
   */
  @Nullable Throwable error();
}
