package org.pipebridge.feature;

/**
 * Names of header fields that Pipebridge itself reads or writes.
 *
 * <p>ASP.NET Core: {@code HeaderNames}.
 *
 * @since 0.1
 */
public final class HeaderNames {

  /** Allow, RFC 9110 section 10.2.1. */
  public static final String ALLOW = "Allow";

  /** Cache-Control, RFC 9111 section 5.2. */
  public static final String CACHE_CONTROL = "Cache-Control";

  /** Connection, RFC 9110 section 7.6.1. */
  public static final String CONNECTION = "Connection";

  /** Content-Disposition, RFC 6266. */
  public static final String CONTENT_DISPOSITION = "Content-Disposition";

  /** Content-Length, RFC 9110 section 8.6. */
  public static final String CONTENT_LENGTH = "Content-Length";

  /** Content-Type, RFC 9110 section 8.3. */
  public static final String CONTENT_TYPE = "Content-Type";

  /** Cookie, RFC 6265 section 4.2. */
  public static final String COOKIE = "Cookie";

  /** Host, RFC 9110 section 7.2. */
  public static final String HOST = "Host";

  /** Location, RFC 9110 section 10.2.2. */
  public static final String LOCATION = "Location";

  /** Set-Cookie, RFC 6265 section 4.1. */
  public static final String SET_COOKIE = "Set-Cookie";

  /** TE, RFC 9110 section 10.1.4. */
  public static final String TE = "TE";

  /** Trailer, RFC 9110 section 6.6.2. */
  public static final String TRAILER = "Trailer";

  /** Transfer-Encoding, RFC 9112 section 6.1. */
  public static final String TRANSFER_ENCODING = "Transfer-Encoding";

  /** Upgrade, RFC 9110 section 7.8. */
  public static final String UPGRADE = "Upgrade";

  private HeaderNames() {}
}
