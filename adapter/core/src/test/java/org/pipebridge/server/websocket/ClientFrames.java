package org.pipebridge.server.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what a client sends, right or wrong. */
final class ClientFrames {

  private static final int[] MASK = {0x9f, 0x01, 0xfe, 0x70};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ClientFrames frame(int first, byte[] content) {
    int length = content.length;
    if (length < 126) {
      raw(first, 0x80 | length);
    } else if (length <= 0xffff) {
      raw(first, 0x80 | 126, length >> 8, length);
    } else {
      raw(first, 0x80 | 127, 0, 0, 0, 0, length >> 24, length >> 16, length >> 8, length);
    }
    raw(MASK);
    for (int i = 0; i < length; i++) {
      bytes.write(content[i] ^ MASK[i % MASK.length]);
    }
    return this;
  }

  ClientFrames frame(int first, String content) {
    return frame(first, content.getBytes(StandardCharsets.UTF_8));
  }

  ClientFrames raw(int... octets) {
    for (int octet : octets) {
      bytes.write(octet);
    }
    return this;
  }

  ClientFrames mask() {
    return raw(MASK);
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
