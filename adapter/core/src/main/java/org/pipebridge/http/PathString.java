package org.pipebridge.http;

import org.jspecify.annotations.Nullable;

/**
 * Escapes, unescapes and compares paths (V11 to V22).
 *
 * <p>A path is "" or starts with "/". Unescaped paths keep "%2F" as it was sent, since an unescaped
 * one would be a separator. ASP.NET Core: {@code PathString}.
 *
 * @since 0.1
 */
public final class PathString {

  private static final String UNESCAPED = "/!$&'()*+,-.:;=@_~";

  /**
   * A path that was cut in two at the end of a prefix.
   *
   * @param matched the part that equals the prefix, in the casing of the path
   * @param remaining the rest, perhaps ""
   * @since 0.1
   */
  public record Match(String matched, String remaining) {}

  private PathString() {}

  /**
   * Turns the raw path of a target into an unescaped one: removes path parameters, decodes, removes
   * dot segments, in this order (V11 to V16). Nothing is decoded twice.
   *
   * @param rawPath the path as sent, without the query
   * @return the path; the very same object, at no cost, if there is nothing to do
   */
  public static String decode(String rawPath) {
    int length = rawPath.length();
    for (int i = 0; i < length; i++) {
      char c = rawPath.charAt(i);
      if (c == '%' || c == ';' || (c == '/' && isDotSegment(rawPath, i + 1))) {
        return new PathDecoder(rawPath).decode();
      }
    }
    return rawPath;
  }

  /**
   * Tells whether a target may be taken: it has no control character, raw, and no "%00" (V14).
   *
   * @param rawTarget the target as sent
   * @return whether a server may go on; otherwise it answers 400
   */
  public static boolean isAcceptable(String rawTarget) {
    int length = rawTarget.length();
    for (int i = 0; i < length; i++) {
      char c = rawTarget.charAt(i);
      if (c < ' ' || c == 0x7F || (c == '%' && rawTarget.startsWith("00", i + 1))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the end of the first segments of a path, raw or not (V20). A segment is a "/" and what
   * follows it up to the next one.
   *
   * @param path the path
   * @param count how many segments to skip
   * @return the index behind them: that of a "/", or the length of the path if it has no more
   */
  public static int skipSegments(String path, int count) {
    int at = 0;
    for (int i = 0; i < count; i++) {
      int next = path.indexOf('/', at + 1);
      if (next < 0) {
        return path.length();
      }
      at = next;
    }
    return at;
  }

  /**
   * Counts the segments of a path: its "/" characters.
   *
   * @param path the path
   * @return how many there are
   */
  public static int countSegments(String path) {
    int count = 0;
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      count++;
    }
    return count;
  }

  /**
   * Makes one "/" of each run of them, as containers do before they map a request (V16, W34).
   *
   * @param path the path
   * @return the path; the very same object if there is nothing to do
   */
  public static String collapseSlashes(String path) {
    int at = path.indexOf("//");
    if (at < 0) {
      return path;
    }
    StringBuilder collapsed = new StringBuilder(path.length()).append(path, 0, at);
    for (; at < path.length(); at++) {
      char c = path.charAt(at);
      if (c != '/' || at == 0 || path.charAt(at - 1) != '/') {
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }

  /**
   * Escapes a path, so that it is fit for a URL: letters, digits, {@code / ! $ & ' ( ) * + , - . :
   * ; = @ _ ~} and a well-formed "%HH" stay, all else becomes percent-encoded UTF-8 (V21).
   *
   * @param path the path, unescaped
   * @return the path, escaped; the very same object if there is nothing to do
   */
  public static String escape(String path) {
    int length = path.length();
    for (int i = 0; i < length; i++) {
      if (!staysAsItIs(path, i)) {
        return escape(path, i);
      }
    }
    return path;
  }

  /**
   * Decodes "%HH" in a path, once, where that gives valid UTF-8; "%2F" stays (V12, V13).
   *
   * @param path the path, escaped
   * @return the path, unescaped; the very same object if there is nothing to do
   */
  public static String unescape(String path) {
    int at = path.indexOf('%');
    if (at < 0) {
      return path;
    }
    StringBuilder text = new StringBuilder(path.length()).append(path, 0, at);
    while (at < path.length()) {
      at = Percent.decodeInPath(path, at, text);
    }
    return text.toString();
  }

  /**
   * Cuts a path at the end of a prefix, which is compared ignoring case and ends at a segment
   * boundary (V22): "/base" is a prefix of "/Base", "/base/" and "/base/x", not of "/baseball".
   *
   * @param path the path, unescaped
   * @param prefix the prefix, unescaped; "" is one of every path
   * @return the parts, or null if this is no prefix of the path
   */
  public static @Nullable Match matchPrefix(String path, String prefix) {
    int length = prefix.length();
    boolean matches =
        path.regionMatches(true, 0, prefix, 0, length)
            && (length == 0 || path.length() == length || path.charAt(length) == '/');
    return matches ? new Match(path.substring(0, length), path.substring(length)) : null;
  }

  static String check(String path) {
    if (!path.isEmpty() && path.charAt(0) != '/') {
      throw new IllegalArgumentException(
          "a path must be empty or start with \"/\", but is \"" + path + '"');
    }
    return path;
  }

  private static boolean isDotSegment(String path, int start) {
    int end = start;
    while (end < path.length() && end < start + 2 && path.charAt(end) == '.') {
      end++;
    }
    return end > start && (end == path.length() || path.charAt(end) == '/');
  }

  private static boolean staysAsItIs(String path, int at) {
    char c = path.charAt(at);
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || UNESCAPED.indexOf(c) >= 0
        || c == '%' && Percent.octet(path, at) >= 0;
  }

  private static String escape(String path, int from) {
    StringBuilder escaped = new StringBuilder(path.length() + 16).append(path, 0, from);
    int at = from;
    while (at < path.length()) {
      if (staysAsItIs(path, at)) {
        escaped.append(path.charAt(at++));
      } else {
        int codePoint = path.codePointAt(at);
        Percent.encode(codePoint, escaped);
        at += Character.charCount(codePoint);
      }
    }
    return escaped.toString();
  }
}
