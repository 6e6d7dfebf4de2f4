package org.pipebridge.test.container;

import java.io.InputStream;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/** Content that a seed makes, given in pieces of random sizes, now and then after a while. */
final class RandomContent extends InputStream {

  private static final int LARGEST_PIECE = 40_000;

  private static final int BLOCK = 1 << 16;

  private final SplittableRandom random;
  private final byte[] block = new byte[BLOCK];
  private final CRC32C sum = new CRC32C();
  private final long length;
  private long position;

  RandomContent(long seed, long length) {
    this.random = new SplittableRandom(seed);
    this.length = length;
    random.nextBytes(block);
  }

  long length() {
    return length;
  }

  /** The checksum of what was given so far. */
  long sum() {
    return sum.getValue();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (position == this.length) {
      return -1;
    }
    pause(random);
    int piece = Math.min(length, random.nextInt(1, LARGEST_PIECE));
    int count = (int) Math.min(piece, this.length - position);
    for (int i = 0; i < count; i++, position++) { // each block differs, so that none can be lost
      into[offset + i] = (byte) (block[(int) position & BLOCK - 1] ^ position >> 16);
    }
    sum.update(into, offset, count);
    return count;
  }

  /** Is slow now and then. */
  static void pause(SplittableRandom random) {
    if (random.nextInt(100) == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1, 5)));
    }
  }
}
