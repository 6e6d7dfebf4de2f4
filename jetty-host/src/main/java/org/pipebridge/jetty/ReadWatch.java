package org.pipebridge.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads from an end point for two: for the connection, and ahead of it, to notice while a request
 * runs that its client has gone (A3).
 *
 * <pre>
 *   OFF --watch--> WAITING --bytes--> AHEAD --all of them taken--> OFF
 *                  WAITING --end of input--> ENDED, and somebody is told
 *   ENDED --watch--> ENDED, and somebody is told again
 * </pre>
 *
 * <p>An end point takes one who waits for bytes. While WAITING that is us, and the connection, if
 * it wants bytes too, is woken by us. What was read ahead is given to the connection first.
 */
final class ReadWatch implements Callback {

  private static final int AHEAD_BYTES = 1024;

  private enum State {
    OFF,
    WAITING,
    AHEAD,
    ENDED
  }

  private final EndPoint inner;
  private final Executor executor;
  private final Runnable onEnd;
  private final ReentrantLock lock = new ReentrantLock();
  private State state = State.OFF;
  private ByteBuffer putBack = BufferUtil.EMPTY_BUFFER;
  private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
  private @Nullable Callback connection;

  ReadWatch(EndPoint inner, Executor executor, Runnable onEnd) {
    this.inner = inner;
    this.executor = executor;
    this.onEnd = onEnd;
  }

  /**
   * Takes bytes back that the connection filled in and has not looked at; they come first again.
   */
  void putBack(ByteBuffer bytes) {
    lock.lock();
    try {
      putBack = putBack.hasRemaining() ? join(bytes, putBack) : bytes;
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
    int count = first.remaining() + second.remaining();
    return ByteBuffer.allocate(count).put(first).put(second).flip();
  }

  /**
   * Begins to read ahead, unless the connection waits for bytes itself; if the input has ended,
   * that is told again, for whom it was told before may have been another request.
   */
  void watch() {
    lock.lock();
    try {
      if (state == State.ENDED) {
        executor.execute(onEnd);
      } else if (state == State.OFF && inner.isOpen() && inner.tryFillInterested(this)) {
        state = State.WAITING;
      }
    } finally {
      lock.unlock();
    }
  }

  int fill(ByteBuffer buffer) throws IOException {
    lock.lock();
    try {
      if (putBack.hasRemaining()) {
        return BufferUtil.append(buffer, putBack);
      }
      if (state != State.AHEAD) {
        return inner.fill(buffer);
      }
      int filled = BufferUtil.append(buffer, ahead);
      if (!ahead.hasRemaining()) {
        ahead = BufferUtil.EMPTY_BUFFER;
        state = State.OFF;
      }
      return filled;
    } finally {
      lock.unlock();
    }
  }

  void fillInterested(Callback callback) {
    if (!tryFillInterested(callback)) {
      inner.fillInterested(callback); // says what is wrong
    }
  }

  boolean tryFillInterested(Callback callback) {
    lock.lock();
    try {
      if (putBack.hasRemaining()) {
        executor.execute(callback::succeeded);
        return true;
      }
      switch (state) {
        case OFF, ENDED -> {
          return inner.tryFillInterested(callback);
        }
        case WAITING -> {
          if (connection != null) {
            return false;
          }
          connection = callback;
          return true;
        }
        case AHEAD -> executor.execute(callback::succeeded);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean isFillInterested() {
    lock.lock();
    try {
      return state == State.WAITING ? connection != null : inner.isFillInterested();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes are there, or the end of input is. */
  @Override
  public void succeeded() {
    Callback waiting;
    boolean ended = false;
    lock.lock();
    try {
      waiting = connection;
      connection = null;
      state = State.OFF;
      if (waiting == null) {
        ended = readAhead() < 0;
      }
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.succeeded();
    } else if (ended) {
      onEnd.run();
    }
  }

  /** The end point was closed, or idle for too long. */
  @Override
  public void failed(Throwable cause) {
    Callback waiting;
    lock.lock();
    try {
      waiting = connection;
      connection = null;
      state = State.OFF;
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.failed(cause);
    }
  }

  private int readAhead() {
    ByteBuffer buffer = BufferUtil.allocate(AHEAD_BYTES);
    int filled;
    try {
      filled = inner.fill(buffer);
    } catch (IOException e) {
      filled = -1;
    }
    if (filled > 0) {
      ahead = buffer;
      state = State.AHEAD;
    } else if (filled < 0) {
      state = State.ENDED;
    }
    return filled;
  }
}
