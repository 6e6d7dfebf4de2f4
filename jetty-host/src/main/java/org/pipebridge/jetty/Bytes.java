package org.pipebridge.jetty;

import java.nio.ByteBuffer;

/** Looks at bytes in a buffer, between two indexes. */
final class Bytes {

  private static final long HIGH_BITS = 0x8080808080808080L;

  private Bytes() {}

  static boolean isBeyondAscii(ByteBuffer buffer, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      if ((buffer.getLong(i) & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; i < to; i++) {
      if (buffer.get(i) < 0) {
        return true;
      }
    }
    return false;
  }
}
