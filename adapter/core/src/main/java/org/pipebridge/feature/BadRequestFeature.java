package org.pipebridge.feature;

/**
 * Why the server itself rejected a request (F47).
 *
 * <p>ASP.NET Core: {@code IBadRequestExceptionFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BadRequestFeature {

  /**
   * Returns the reason.
   *
   * @return the exception
   */
  BadHttpRequestException error();
}
