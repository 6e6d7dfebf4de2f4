package org.pipebridge.server.exchange;

import java.util.Locale;
import java.util.Set;

/**
 * Which fields may not come after the content: those by which a message is framed, routed, allowed
 * or understood are decided on before (T3, <a
 * href="https://www.rfc-editor.org/rfc/rfc9110.html#section-6.5.1">RFC 9110, section 6.5.1</a>).
 */
final class TrailerNames {

  private static final Set<String> FORBIDDEN =
      Set.of(
          // framing and connection
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          // routing and request modifiers
          "cache-control",
          "expect",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "max-forwards",
          "pragma",
          "range",
          // who is asking
          "authorization",
          "cookie",
          "proxy-authenticate",
          "proxy-authorization",
          "set-cookie",
          "www-authenticate",
          // what the answer means and how its content is read
          "age",
          "content-encoding",
          "content-range",
          "content-type",
          "date",
          "expires",
          "location",
          "retry-after",
          "vary");

  private TrailerNames() {}

  static boolean isForbidden(String name) {
    return FORBIDDEN.contains(name.toLowerCase(Locale.ROOT));
  }
}
