package org.pipebridge.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.pipebridge.internal.Ascii;

/** Checks, splits and joins field names and values (V3, V4, V7, V8). */
final class HeaderValues {

  private HeaderValues() {}

  static void checkName(String name) {
    if (!Ascii.isToken(name)) {
      throw new IllegalArgumentException(
          "a header name must be an RFC 9110 token, but is \"" + printable(name) + "\"");
    }
  }

  static void checkValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c > '~') {
        throw new IllegalArgumentException(
            String.format(
                "the value of header %s may hold visible ASCII, space and tab, but has U+%04X at %d",
                name, (int) c, i));
      }
    }
  }

  static void checkLength(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("content length must not be negative, but is " + bytes);
    }
  }

  static OptionalLong contentLength(String value) {
    long length = Ascii.parseDecimal(value);
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  static List<String> split(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      int start = 0;
      boolean quoted = false;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        if (quoted && c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (c == ',' && !quoted) {
          addElement(elements, line.substring(start, i));
          start = i + 1;
        }
      }
      addElement(elements, line.substring(start));
    }
    return List.copyOf(elements);
  }

  static String join(List<String> present, String... added) {
    List<String> parts = new ArrayList<>(present);
    for (String value : added) {
      parts.add(value.indexOf(',') >= 0 && !isQuoted(value) ? quote(value) : value);
    }
    return String.join(", ", parts);
  }

  private static void addElement(List<String> elements, String raw) {
    String element = trim(raw);
    if (isQuoted(element)) {
      element = unquote(element);
    }
    if (!element.isEmpty()) {
      elements.add(element);
    }
  }

  private static boolean isQuoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
  }

  private static String quote(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\' && i + 1 < quoted.length() - 1) {
        c = quoted.charAt(++i);
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Strips space and tab, and nothing else, from both ends. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                shown.append(
                    c >= ' ' && c <= '~' ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return shown.toString();
  }
}
