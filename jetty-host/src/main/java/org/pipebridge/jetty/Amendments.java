package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/**
 * Makes acceptable for Jetty what the contract accepts and Jetty, without a way to change its mind,
 * refuses: it then sees something else of its kind, and we know what it was.
 */
final class Amendments {

  private static final byte[] HOST = {'h', 'o', 's', 't', ':'};
  private static final byte STAND_IN = '-';

  private Amendments() {}

  /**
   * Hides a target whose escapes are malformed or whose dot segments leave the root (V13, V15).
   *
   * @return the target as sent, or null if Jetty takes it as it is
   */
  static @Nullable String hideTarget(ByteBuffer buffer, int from, int to) {
    byte[] bytes = new byte[to - from];
    buffer.get(from, bytes);
    String target = new String(bytes, StandardCharsets.UTF_8);
    if (isAcceptable(target)) {
      return null;
    }
    for (int i = from; i < to && buffer.get(i) != '?'; i++) {
      if (buffer.get(i) == '%' || buffer.get(i) == '.') {
        buffer.put(i, STAND_IN);
      }
    }
    return target;
  }

  private static boolean isAcceptable(String target) {
    try {
      return HttpURI.from(target).getCanonicalPath() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Fills an empty Host in (Q3).
   *
   * @param from where the header lines start
   * @return whether there was one
   */
  static boolean fillHost(ByteBuffer buffer, int from) {
    int start = from;
    while (start >= 0 && start < buffer.limit() && !isHost(buffer, start)) {
      start = nextLine(buffer, start);
    }
    if (start < 0 || start >= buffer.limit()) {
      return false;
    }
    int value = start + HOST.length;
    int end = value;
    while (end < buffer.limit() && (buffer.get(end) == ' ' || buffer.get(end) == '\t')) {
      end++;
    }
    boolean empty = end < buffer.limit() && (buffer.get(end) == '\r' || buffer.get(end) == '\n');
    if (!empty || end == value && !insert(buffer, value)) {
      return false;
    }
    buffer.put(value, STAND_IN);
    return true;
  }

  private static boolean isHost(ByteBuffer buffer, int start) {
    if (start + HOST.length > buffer.limit()) {
      return false;
    }
    for (int i = 0; i < HOST.length; i++) {
      byte b = buffer.get(start + i);
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != HOST[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns where the next header line starts, or -1 after the last. */
  private static int nextLine(ByteBuffer buffer, int start) {
    byte first = buffer.get(start);
    if (first == '\r' || first == '\n') {
      return -1;
    }
    int i = start;
    while (i < buffer.limit() && buffer.get(i) != '\n') {
      i++;
    }
    return i + 1;
  }

  private static boolean insert(ByteBuffer buffer, int index) {
    int limit = buffer.limit();
    if (limit == buffer.capacity()) {
      return false;
    }
    buffer.limit(limit + 1);
    for (int i = limit; i > index; i--) {
      buffer.put(i, buffer.get(i - 1));
    }
    return true;
  }
}
