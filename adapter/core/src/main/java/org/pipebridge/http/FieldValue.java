package org.pipebridge.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;

/**
 * A field value with parameters, as in Content-Type and Content-Disposition (RFC 9110, section
 * 5.6.6).
 *
 * @param value what stands before the first parameter, in lower case
 * @param parameters by name in lower case; the first of equal names counts
 */
record FieldValue(String value, Map<String, String> parameters) {

  static FieldValue parse(@Nullable String text) {
    if (text == null) {
      return new FieldValue("", Map.of());
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int end = endOfParameter(text, 0);
    String value = text.substring(0, end).strip().toLowerCase(Locale.ROOT);
    while (end < text.length()) {
      int start = end + 1;
      end = endOfParameter(text, start);
      String parameter = text.substring(start, end);
      int equals = parameter.indexOf('=');
      if (equals >= 0) {
        parameters.putIfAbsent(
            parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            unquote(parameter.substring(equals + 1).strip()));
      }
    }
    return new FieldValue(value, parameters);
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /** Returns a parameter that may come encoded, which then wins (RFC 5987, section 3.2). */
  @Nullable String encodedParameter(String name) throws BadHttpRequestException {
    String encoded = parameters.get(name + '*');
    if (encoded == null) {
      return parameters.get(name);
    }
    int charset = encoded.indexOf('\'');
    int language = encoded.indexOf('\'', charset + 1);
    if (charset < 1 || language < 0) {
      throw new BadHttpRequestException(400, "malformed parameter " + name + "* in a form's part");
    }
    return Octets.decode(
        encoded.substring(language + 1), charset(encoded.substring(0, charset)), false);
  }

  /** Returns the charset that is named, or another one if none is (V42). */
  Charset charset(Charset otherwise) throws BadHttpRequestException {
    String name = parameters.get("charset");
    return name == null ? otherwise : charset(name);
  }

  private static Charset charset(String name) throws BadHttpRequestException {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new BadHttpRequestException(400, "unknown charset in a form", e);
    }
  }

  /** Returns the index of the next ";" outside quotes, or of the end. */
  private static int endOfParameter(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && isEscape(text, i)) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static String unquote(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (isEscape(text, i) && i + 1 < text.length() - 1) {
        i++;
      }
      plain.append(text.charAt(i));
    }
    return plain.toString();
  }

  /** A backslash escapes quotes and itself; elsewhere it is one, as in paths of Windows. */
  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '\\'
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
  }
}
