package org.pipebridge.feature;

/**
 * The cookies of a request (F33).
 *
 * <p>ASP.NET Core: {@code IRequestCookiesFeature}.
 *
 * @since 0.1
 */
public interface RequestCookiesFeature {

  /**
   * Returns the cookies, parsed from the header (V30).
   *
   * @return the cookies
   */
  RequestCookies cookies();

  /**
   * Replaces the cookies and rewrites the header (V31).
   *
   * @param cookies the new ones; an empty set removes the header
   */
  void setCookies(RequestCookies cookies);
}
