package org.pipebridge.internal;

/** What holds of ASCII characters, and of nothing else: case, numbers and tokens. */
public final class Ascii {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final boolean[] TOKEN = new boolean[128];

  static {
    for (char c = 0; c < TOKEN.length; c++) {
      TOKEN[c] =
          c >= '0' && c <= '9'
              || c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || TOKEN_MARKS.indexOf(c) >= 0;
    }
  }

  private Ascii() {}

  /**
   * Compares two texts.
   *
   * @param a one text
   * @param b the other
   * @return whether they differ at most in the case of ASCII letters
   */
  @SuppressWarnings("ReferenceEquality") // the same object is the common case
  public static boolean equalsIgnoreCase(String a, String b) {
    if (a == b) {
      return true;
    }
    int length = a.length();
    if (length != b.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y && lower(x) != lower(y)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tells whether a text is a token (RFC 9110, section 5.6.2).
   *
   * @param text any text
   * @return whether it has one or more characters, each of which a token may have
   */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= TOKEN.length || !TOKEN[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Reads a decimal number that may have space or tab around it.
   *
   * @param text any text
   * @return the number, or -1 if the text is anything else or does not fit in a long
   */
  public static long parseDecimal(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    long number = start == end ? -1 : 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
