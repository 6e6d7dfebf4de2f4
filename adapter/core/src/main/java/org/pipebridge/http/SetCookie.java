package org.pipebridge.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.CookieOptions;
import org.pipebridge.internal.Ascii;

/** The value of a Set-Cookie header (RFC 6265, section 4.1). */
final class SetCookie {

  /** IMF-fixdate, RFC 9110 section 5.6.7; the JDK's own format leaves out a leading zero. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private SetCookie() {}

  /** Writes name, value and the attributes that are set, in the order of V33. */
  static String format(String name, String value, CookieOptions options) {
    if (!Ascii.isToken(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("a cookie's name must be a token, but is \"" + name + '"');
    }
    StringBuilder text = new StringBuilder(64);
    text.append(name).append('=').append(Percent.encode(Objects.requireNonNull(value, "value")));
    Instant expires = options.expires();
    append(text, "expires", expires == null ? null : DATE.format(expires));
    append(text, "max-age", options.maxAge() == null ? null : "" + options.maxAge().toSeconds());
    append(text, "domain", options.domain());
    append(text, "path", options.path());
    if (options.secure()) {
      text.append("; secure");
    }
    if (options.sameSite() != CookieOptions.SameSite.UNSPECIFIED) {
      append(text, "samesite", options.sameSite().name().toLowerCase(Locale.ROOT));
    }
    if (options.httpOnly()) {
      text.append("; httponly");
    }
    options.extensions().forEach(extension -> text.append("; ").append(extension));
    return text.toString();
  }

  /**
   * Tells whether a value sets the cookie that options speak of: the name is the same, and so is
   * the domain if one is given, else the path if one is given (V34).
   */
  static boolean isSame(String line, String name, CookieOptions options) {
    if (!line.startsWith(name + '=')) {
      return false;
    }
    String domain = options.domain();
    if (domain != null && !domain.isEmpty()) {
      return hasAttribute(line, "domain", domain);
    }
    String path = options.path();
    return path == null || path.isEmpty() || hasAttribute(line, "path", path);
  }

  private static boolean hasAttribute(String line, String name, String value) {
    String wanted = name + '=' + value;
    for (String attribute : line.split(";")) {
      if (Ascii.equalsIgnoreCase(attribute.strip(), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static void append(StringBuilder text, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append("; ").append(name).append('=').append(value);
    }
  }
}
