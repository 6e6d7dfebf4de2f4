package org.pipebridge.test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.RequestAbortedException;

/** The content of a request on its way to the application. */
final class MemoryContent {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private int position;
  private boolean ended;
  private boolean broken;
  private boolean aborted;

  void add(byte[] bytes) {
    change(() -> pieces.add(bytes.clone()));
  }

  void end() {
    change(() -> ended = true);
  }

  /** The client goes away before the end. */
  void breakOff() {
    change(() -> broken = true);
  }

  void abort() {
    change(() -> aborted = true);
  }

  int available() {
    lock.lock();
    try {
      byte[] piece = current();
      return piece == null ? 0 : piece.length - position;
    } finally {
      lock.unlock();
    }
  }

  int read(byte[] into, int offset, int count) throws IOException {
    lock.lock();
    try {
      byte[] piece = current();
      while (piece == null && !ended && !broken && !aborted) {
        changed.await();
        piece = current();
      }
      if (aborted) {
        throw new RequestAbortedException("the request was aborted", null);
      }
      if (piece != null) {
        int length = Math.min(count, piece.length - position);
        System.arraycopy(piece, position, into, offset, length);
        position += length;
        return length;
      }
      if (broken) {
        throw new BadHttpRequestException(400, "the request ended before its content did");
      }
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** The content as a stream, which ends when the client ends it. */
  InputStream asStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int count) throws IOException {
        return MemoryContent.this.read(into, offset, count);
      }
    };
  }

  /** The piece that has bytes left. */
  private byte @Nullable [] current() {
    byte[] first = pieces.peek();
    while (first != null && position == first.length) {
      pieces.remove();
      position = 0;
      first = pieces.peek();
    }
    return first;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
