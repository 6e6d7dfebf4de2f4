package org.pipebridge.feature;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookies a client sent (V30).
 *
 * <p>Names are exact in case and not unescaped, values are. Immutable. ASP.NET Core: {@code
 * IRequestCookieCollection}.
 *
 * @since 0.1
 */
public final class RequestCookies {

  /** No cookies. */
  public static final RequestCookies EMPTY = new RequestCookies(Map.of());

  private final Map<String, String> cookies;

  private RequestCookies(Map<String, String> cookies) {
    this.cookies = Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
  }

  /**
   * Creates cookies.
   *
   * @param cookies name to value, unescaped, in order
   * @return the cookies
   */
  public static RequestCookies of(Map<String, String> cookies) {
    return new RequestCookies(Objects.requireNonNull(cookies, "cookies"));
  }

  /**
   * Returns a cookie's value.
   *
   * @param name the exact name
   * @return the value, or null if there is none
   */
  public @Nullable String get(String name) {
    return cookies.get(Objects.requireNonNull(name, "name"));
  }

  /**
   * Returns the names.
   *
   * @return the names in order, unmodifiable
   */
  public Set<String> names() {
    return cookies.keySet();
  }

  /**
   * Returns all cookies.
   *
   * @return name to value in order, unmodifiable
   */
  public Map<String, String> asMap() {
    return cookies;
  }
}
