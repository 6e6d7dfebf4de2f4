package org.pipebridge.feature;

/**
 * Why the server itself rejected the content of a request (F47).
 *
 * <p>Present from the moment a read has thrown, whether or not the application lets that out. What
 * is wrong with the head of a request never reaches an application (Q7).
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
   * @return the exception that the read has thrown, and that each later one throws
   */
  BadHttpRequestException error();
}
