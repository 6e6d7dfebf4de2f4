package org.pipebridge.feature;

/**
 * Adds and deletes cookies of a response (V32 to V34).
 *
 * <p>Each call queues a {@code Set-Cookie} line and touches no other, the container's session
 * cookie included. ASP.NET Core: {@code IResponseCookies}.
 *
 * @since 0.1
 */
public interface ResponseCookies {

  /**
   * Adds a cookie for path "/".
   *
   * @param name a token
   * @param value any text; it is percent-encoded as UTF-8
   * @throws IllegalArgumentException if the name is no token
   * @throws IllegalStateException if the response has started
   */
  default void append(String name, String value) {
    append(name, value, CookieOptions.DEFAULT);
  }

  /**
   * Adds a cookie.
   *
   * @param name a token
   * @param value any text; it is percent-encoded as UTF-8
   * @param options its attributes
   * @throws IllegalArgumentException if the name is no token
   * @throws IllegalStateException if the response has started
   */
  void append(String name, String value, CookieOptions options);

  /**
   * Deletes a cookie for path "/".
   *
   * @param name a token
   * @throws IllegalStateException if the response has started
   */
  default void delete(String name) {
    delete(name, CookieOptions.DEFAULT);
  }

  /**
   * Deletes a cookie: drops what was queued for it and adds one that has expired (V34).
   *
   * @param name a token
   * @param options the attributes it was set with
   * @throws IllegalStateException if the response has started
   */
  void delete(String name, CookieOptions options);
}
