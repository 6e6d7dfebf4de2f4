package org.pipebridge.feature;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a cookie (V33).
 *
 * <p>ASP.NET Core: {@code CookieOptions}.
 *
 * @param path the path; "/" unless changed; null leaves it out
 * @param domain the domain, or null for the host alone
 * @param expires when it ends, or null
 * @param maxAge how long it lives, or null for the session
 * @param secure whether it is sent over https only
 * @param httpOnly whether scripts cannot see it
 * @param sameSite when it is sent across sites
 * @param extensions further attributes, written verbatim
 * @since 0.1
 */
public record CookieOptions(
    @Nullable String path,
    @Nullable String domain,
    @Nullable Instant expires,
    @Nullable Duration maxAge,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite,
    List<String> extensions) {

  /** A session cookie for path "/", without any other attribute. */
  public static final CookieOptions DEFAULT =
      new CookieOptions("/", null, null, null, false, false, SameSite.UNSPECIFIED, List.of());

  /** When a cookie is sent across sites. */
  public enum SameSite {
    /** The attribute is left out. */
    UNSPECIFIED,
    /** Always; asks for {@code secure} in today's browsers. */
    NONE,
    /** With top-level navigation. */
    LAX,
    /** Never. */
    STRICT
  }

  /**
   * Copies the extensions.
   *
   * @param path the path
   * @param domain the domain
   * @param expires the end
   * @param maxAge the life time
   * @param secure https only
   * @param httpOnly not for scripts
   * @param sameSite across sites
   * @param extensions further attributes
   */
  public CookieOptions {
    extensions = List.copyOf(extensions);
  }

  /**
   * Returns these options with another path.
   *
   * @param value the path, or null to leave it out
   * @return new options
   */
  public CookieOptions withPath(@Nullable String value) {
    return new CookieOptions(
        value, domain, expires, maxAge, secure, httpOnly, sameSite, extensions);
  }

  /**
   * Returns these options with another domain.
   *
   * @param value the domain, or null for the host alone
   * @return new options
   */
  public CookieOptions withDomain(@Nullable String value) {
    return new CookieOptions(path, value, expires, maxAge, secure, httpOnly, sameSite, extensions);
  }

  /**
   * Returns these options with another end.
   *
   * @param value when the cookie ends, or null
   * @return new options
   */
  public CookieOptions withExpires(@Nullable Instant value) {
    return new CookieOptions(path, domain, value, maxAge, secure, httpOnly, sameSite, extensions);
  }

  /**
   * Returns these options with another life time.
   *
   * @param value how long the cookie lives, or null
   * @return new options
   */
  public CookieOptions withMaxAge(@Nullable Duration value) {
    return new CookieOptions(path, domain, expires, value, secure, httpOnly, sameSite, extensions);
  }

  /**
   * Returns these options with or without {@code secure}.
   *
   * @param value whether the cookie is sent over https only
   * @return new options
   */
  public CookieOptions withSecure(boolean value) {
    return new CookieOptions(path, domain, expires, maxAge, value, httpOnly, sameSite, extensions);
  }

  /**
   * Returns these options with or without {@code httponly}.
   *
   * @param value whether scripts cannot see the cookie
   * @return new options
   */
  public CookieOptions withHttpOnly(boolean value) {
    return new CookieOptions(path, domain, expires, maxAge, secure, value, sameSite, extensions);
  }

  /**
   * Returns these options with another rule across sites.
   *
   * @param value the rule
   * @return new options
   */
  public CookieOptions withSameSite(SameSite value) {
    return new CookieOptions(path, domain, expires, maxAge, secure, httpOnly, value, extensions);
  }

  /**
   * Returns these options with further attributes.
   *
   * @param values attributes, written verbatim
   * @return new options
   */
  public CookieOptions withExtensions(List<String> values) {
    return new CookieOptions(path, domain, expires, maxAge, secure, httpOnly, sameSite, values);
  }
}
