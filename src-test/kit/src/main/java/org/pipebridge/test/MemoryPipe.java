package org.pipebridge.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Headers;

/** A response on its way to the client, with room for so much that the client has not taken. */
final class MemoryPipe {

  private static final int ROOM = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private @Nullable ResponseStart start;
  private Headers trailers = Headers.create();
  private int taken;
  private boolean ended;
  private boolean broken;
  private boolean finished;

  /** Lets the client have the head. */
  void start(ResponseStart head) {
    change(() -> start = head);
  }

  /** Lets the client have content, when there is room for it. */
  void write(byte[] bytes) throws IOException {
    lock.lock();
    try {
      while (content.size() - taken > ROOM && !broken) {
        changed.await();
      }
      if (broken) {
        throw new IOException("the client is gone");
      }
      content.writeBytes(bytes);
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** The pipe as a stream without a buffer. */
  OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int count) throws IOException {
        MemoryPipe.this.write(Arrays.copyOfRange(from, offset, offset + count));
      }
    };
  }

  void end(Headers sentTrailers) {
    change(
        () -> {
          trailers = sentTrailers;
          ended = true;
        });
  }

  /** What came after the content; nothing before that. */
  Headers trailers() {
    lock.lock();
    try {
      return trailers;
    } finally {
      lock.unlock();
    }
  }

  /** Breaks it off, unless it has ended; from either side. */
  void breakOff() {
    change(() -> broken = !ended);
  }

  /** Notes that the request is over. */
  void finish() {
    change(() -> finished = true);
  }

  boolean isBroken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }

  /** The head, when it comes; null if the exchange is broken off without one. */
  @Nullable ResponseStart awaitStart(Duration time) {
    await("a response", time, () -> start != null || broken);
    return start;
  }

  /** Content, as much as was asked for, or what came before the end. */
  byte[] take(int count, Duration time) {
    lock.lock();
    try {
      await(
          count + " bytes of content",
          time,
          () -> content.size() - taken >= count || ended || broken);
      int end = Math.min(content.size(), taken + count);
      byte[] bytes = Arrays.copyOfRange(content.toByteArray(), taken, end);
      taken = end;
      changed.signalAll();
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** All content, from its beginning, when it has ended or was broken off. */
  byte[] all(Duration time) {
    lock.lock();
    try {
      taken = Integer.MAX_VALUE - ROOM;
      changed.signalAll();
      await("the end of the response", time, () -> ended || broken);
      return content.toByteArray();
    } finally {
      lock.unlock();
    }
  }

  void awaitFinished(Duration time) {
    await("the end of the request", time, () -> finished);
  }

  /** Whether anything that the client has not taken came within a time. */
  boolean awaitAnything(Duration time) {
    boolean head = start == null;
    return poll(
        time, () -> head ? start != null || broken : content.size() > taken || ended || broken);
  }

  private void await(String what, Duration time, BooleanSupplier condition) {
    if (!poll(time, condition)) {
      throw new IllegalStateException("there was not " + what + " within " + time);
    }
  }

  private boolean poll(Duration time, BooleanSupplier condition) {
    long left = time.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
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
