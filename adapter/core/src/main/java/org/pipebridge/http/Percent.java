package org.pipebridge.http;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of UTF-8 (RFC 3986, section 2.1).
 *
 * <p>What cannot be decoded stays as it is, and only the offending octets (V13): where a sequence
 * is wrong, its first octet stays and decoding goes on behind that.
 */
final class Percent {

  private static final String HEX = "0123456789ABCDEF";
  private static final int ESCAPE_LENGTH = 3;

  private Percent() {}

  /** Decodes all of a text; a plus is a space if {@code form} says so. */
  static String decode(String text, boolean form) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != '%' && !(form && text.charAt(at) == '+')) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, at);
    while (at < text.length()) {
      if (form && text.charAt(at) == '+') {
        decoded.append(' ');
        at++;
      } else {
        at = decodeNext(text, at, decoded);
      }
    }
    return decoded.toString();
  }

  /** Decodes what begins at an index, but leaves "%2F" alone (V12); returns the index behind it. */
  static int decodeInPath(String text, int at, StringBuilder to) {
    if (octet(text, at) == '/') {
      to.append(text, at, at + ESCAPE_LENGTH);
      return at + ESCAPE_LENGTH;
    }
    return decodeNext(text, at, to);
  }

  /** Decodes one character, escaped or not; returns the index behind it. */
  static int decodeNext(String text, int at, StringBuilder to) {
    int first = octet(text, at);
    if (first < 0) {
      to.append(text.charAt(at));
      return at + 1;
    }
    if (first < 0x80) {
      to.append((char) first);
      return at + ESCAPE_LENGTH;
    }
    int length = sequenceLength(first);
    int codePoint = length == 0 ? -1 : sequence(text, at, first, length);
    if (codePoint < 0) {
      to.append(text, at, at + ESCAPE_LENGTH);
      return at + ESCAPE_LENGTH;
    }
    to.appendCodePoint(codePoint);
    return at + length * ESCAPE_LENGTH;
  }

  /** Returns the octet of a well-formed "%HH" at an index, else -1. */
  static int octet(String text, int at) {
    if (at + 2 >= text.length() || text.charAt(at) != '%') {
      return -1;
    }
    int high = digit(text.charAt(at + 1));
    int low = digit(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Appends a code point as percent-encoded UTF-8; half a surrogate pair as U+FFFD. */
  static void encode(int codePoint, StringBuilder to) {
    boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    String text = Character.toString(half ? 0xFFFD : codePoint);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      to.append('%').append(HEX.charAt(octet >> 4 & 0xF)).append(HEX.charAt(octet & 0xF));
    }
  }

  /** Encodes all but the unreserved characters of RFC 3986, section 2.3. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isUnreserved(c)) {
                encoded.append((char) c);
              } else {
                encode(c, encoded);
              }
            });
    return encoded.toString();
  }

  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static int sequenceLength(int first) {
    if (first >= 0xC2 && first <= 0xDF) {
      return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
  }

  /** Returns the code point of a sequence, or -1 if it is truncated, overlong or out of range. */
  private static int sequence(String text, int at, int first, int length) {
    int codePoint = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      int octet = octet(text, at + i * ESCAPE_LENGTH);
      if (octet < 0x80 || octet > 0xBF) {
        return -1;
      }
      codePoint = codePoint << 6 | octet & 0x3F;
    }
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    return codePoint < least || surrogate || codePoint > Character.MAX_CODE_POINT ? -1 : codePoint;
  }
}
