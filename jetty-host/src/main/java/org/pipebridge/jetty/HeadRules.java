package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Checks a request head for what Jetty lets pass (Q3, Q4, V4, V17, V18). */
final class HeadRules {

  /** What {@link #check} returns for a head that is right. */
  static final int FINE = 0;

  private static final int BAD_REQUEST = 400;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int HEADERS_TOO_LARGE = 431;

  /** The colon and the space, and the line end. */
  private static final int BESIDE_NAME_AND_VALUE = 4;

  private final JettyOptions options;

  HeadRules(JettyOptions options) {
    this.options = options;
  }

  /** Returns {@link #FINE} or the status to refuse the request with. */
  int check(Request request, @Nullable WatchedEndPoint endPoint) {
    HttpFields headers = request.getHeaders();
    if (headers.size() > options.maxHeaderCount()) {
      return HEADERS_TOO_LARGE;
    }
    boolean large = endPoint == null || endPoint.head().bytes() > options.maxHeaderBytes();
    if (large && size(headers) > options.maxHeaderBytes()) {
      return HEADERS_TOO_LARGE;
    }
    boolean beyondAscii = endPoint == null || endPoint.head().mayBeBeyondAscii();
    if (beyondAscii && !areUtf8(headers) || !isHost(headers.get(HttpHeader.HOST))) {
      return BAD_REQUEST;
    }
    return checkTarget(request.getMethod(), request.getHttpURI());
  }

  private static int checkTarget(String method, HttpURI uri) {
    String path = uri.getPath();
    if (path != null && path.equals("*")) {
      return HttpMethod.OPTIONS.is(method) ? FINE : METHOD_NOT_ALLOWED;
    }
    if (path != null && !path.startsWith("/") && !HttpMethod.CONNECT.is(method)) {
      return METHOD_NOT_ALLOWED;
    }
    String scheme = uri.getScheme();
    boolean known = scheme == null || scheme.equals("http") || scheme.equals("https");
    return known ? FINE : BAD_REQUEST;
  }

  private static long size(HttpFields headers) {
    long size = 0;
    for (HttpField field : headers) {
      String value = field.getValue();
      size += field.getName().length() + BESIDE_NAME_AND_VALUE;
      size += value == null ? 0 : value.length();
    }
    return size;
  }

  private static boolean areUtf8(HttpFields headers) {
    for (HttpField field : headers) {
      String value = field.getValue();
      if (value != null && !isUtf8(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes of a value, which Jetty reads as Latin-1, are UTF-8. */
  private static boolean isUtf8(String value) {
    if (value.chars().allMatch(c -> c < 0x80)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether a Host is a name, an IPv4 or a bracketed IPv6 literal, with or without a port (Q3). */
  static boolean isHost(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return true;
    }
    int end = value.charAt(0) == '[' ? value.indexOf(']') + 1 : nameEnd(value);
    boolean literal = value.charAt(0) == '[';
    if (literal ? !isIpv6(value, end) : end == 0) {
      return false;
    }
    return end == value.length() || isPort(value, end);
  }

  private static int nameEnd(String value) {
    int i = 0;
    while (i < value.length() && isNameCharacter(value.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-._~!$&'()".indexOf(c) >= 0;
  }

  private static boolean isIpv6(String value, int end) {
    for (int i = 1; i < end - 1; i++) {
      char c = value.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    return end >= "[::]".length();
  }

  private static boolean isPort(String value, int colon) {
    if (value.charAt(colon) != ':' || colon + 1 == value.length()) {
      return false;
    }
    for (int i = colon + 1; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
