package org.pipebridge.test.container;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Content of any length that nobody must hold: all of it is one random block, repeated. */
final class SharedContent {

  private static final int PERIOD = 65_521; // no buffer's size, so that a lost one shows
  private static final int LARGEST = 16 * 1024;
  private static final byte[] BLOCK = new byte[PERIOD + LARGEST];

  static {
    new SplittableRandom(1).nextBytes(BLOCK);
    System.arraycopy(BLOCK, 0, BLOCK, PERIOD, LARGEST);
  }

  private SharedContent() {}

  /** A piece from a position on, as long as is allowed but no longer than asked for. */
  static ByteBuffer piece(long position, long most) {
    return ByteBuffer.wrap(BLOCK, (int) (position % PERIOD), (int) Math.min(most, LARGEST));
  }

  /** Takes what a buffer has, and checks that it belongs at a position; returns how much. */
  static int check(long position, ByteBuffer received) {
    int count = received.remaining();
    for (long at = position; received.hasRemaining(); ) {
      ByteBuffer expected = piece(at, received.remaining());
      ByteBuffer part = received.slice(received.position(), expected.remaining());
      int difference = part.mismatch(expected);
      if (difference >= 0) {
        throw new AssertionError("another byte at " + (at + difference));
      }
      at += part.limit();
      received.position(received.position() + part.limit());
    }
    return count;
  }
}
