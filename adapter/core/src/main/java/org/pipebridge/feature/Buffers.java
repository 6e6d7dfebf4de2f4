package org.pipebridge.feature;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Moves bytes between blocking streams and buffers of any kind (B17). */
final class Buffers {

  private static final int CHUNK = 8192;

  private Buffers() {}

  static int read(InputStream from, ByteBuffer into) throws IOException {
    if (into.hasArray()) {
      int at = into.arrayOffset() + into.position();
      int count = from.read(into.array(), at, into.remaining());
      into.position(into.position() + Math.max(count, 0));
      return count;
    }
    byte[] chunk = new byte[Math.min(into.remaining(), CHUNK)];
    int count = from.read(chunk, 0, chunk.length);
    into.put(chunk, 0, Math.max(count, 0));
    return count;
  }

  static void write(ByteBuffer from, OutputStream to) throws IOException {
    if (from.hasArray()) {
      to.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
      from.position(from.limit());
      return;
    }
    byte[] chunk = new byte[Math.min(from.remaining(), CHUNK)];
    do {
      int count = Math.min(from.remaining(), chunk.length);
      from.get(chunk, 0, count);
      to.write(chunk, 0, count);
    } while (from.hasRemaining());
  }
}
