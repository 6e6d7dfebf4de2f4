package org.pipebridge.feature;

/**
 * The cookies a response sets (F34).
 *
 * <p>ASP.NET Core: {@code IResponseCookiesFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ResponseCookiesFeature {

  /**
   * Returns what adds and deletes cookies.
   *
   * @return the cookies
   */
  ResponseCookies cookies();
}
