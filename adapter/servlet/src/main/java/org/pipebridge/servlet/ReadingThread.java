package org.pipebridge.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadPendingException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that does all reads of a connection of Undertow, which opens a selector for each
 * thread that waits in a read, and closes it only when a collection finds it. It comes from the
 * executor with the first read, and leaves when the connection is closed.
 *
 * <p>States, and who changes them, with the lock:
 *
 * <ul>
 *   <li>{@link State#IDLE}: {@code read} to ASKED, {@code close} to CLOSED.
 *   <li>{@link State#ASKED}: the thread to READING, {@code close} to CLOSED.
 *   <li>{@link State#READING}: the thread to IDLE when Undertow lets it go, {@code close} to
 *       CLOSED; it interrupts the thread, which a closed connection does not wake.
 *   <li>{@link State#CLOSED}: for good; what comes later is refused.
 * </ul>
 *
 * <p>A read is told of once, by the one who takes it out of ASKED: {@code close}, or the thread,
 * even if it finds the connection closed when it comes back. That is done without the lock and must
 * not wait: what an application does next runs elsewhere. It may ask for the next read.
 */
final class ReadingThread {

  private enum State {
    IDLE,
    ASKED,
    READING,
    CLOSED
  }

  private final ServletInputStream in;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile State state = State.IDLE;
  private @Nullable PendingRead<?> asked;
  private @Nullable Thread thread;
  private boolean called;

  ReadingThread(ServletInputStream in, Executor executor) {
    this.in = in;
    this.executor = executor;
  }

  /** Asks for a read; one at a time. */
  void read(PendingRead<?> read) {
    boolean refused;
    boolean first = false;
    lock.lock();
    try {
      refused = state == State.CLOSED;
      if (!refused) {
        if (state != State.IDLE) {
          throw new ReadPendingException();
        }
        state = State.ASKED;
        asked = read;
        first = !called;
        called = true;
        LockSupport.unpark(thread);
      }
    } finally {
      lock.unlock();
    }
    if (refused) {
      read.fail(new ClosedChannelException());
    } else if (first) {
      call();
    }
  }

  private void call() {
    try {
      executor.execute(this::serve);
    } catch (RuntimeException | Error noThread) {
      close(noThread);
    }
  }

  /** Lives in one blocking operation, since it nearly always waits. */
  private void serve() {
    try {
      PoolBlocker.run(this::readUntilClosed);
    } catch (IOException e) { // as it is declared
      throw new IllegalStateException(e);
    }
  }

  private int readUntilClosed() {
    int reads = 0;
    try {
      for (PendingRead<?> read = next(); read != null; read = next()) {
        perform(read);
        reads++;
      }
    } finally {
      close(); // a handler may have failed
    }
    return reads;
  }

  /** Waits for a read; null: the connection is closed. */
  private @Nullable PendingRead<?> next() {
    while (true) {
      lock.lock();
      try {
        Thread.interrupted(); // none is meant for what follows
        thread = Thread.currentThread();
        PendingRead<?> read = asked;
        if (state == State.CLOSED) {
          return null;
        } else if (read != null) {
          asked = null;
          state = State.READING;
          return read;
        }
      } finally {
        lock.unlock();
      }
      LockSupport.park(this);
    }
  }

  private void perform(PendingRead<?> read) {
    byte[] bytes;
    int count;
    try {
      bytes = new byte[read.into().remaining()];
      count = in.read(bytes, 0, bytes.length);
    } catch (Throwable e) { // each read must end
      read.fail(leave() ? e : new AsynchronousCloseException());
      return;
    }
    if (leave()) {
      read.into().put(bytes, 0, Math.max(count, 0));
      read.complete(count);
    } else {
      read.fail(new AsynchronousCloseException());
    }
  }

  /** Says that Undertow has let the thread go; false: the connection was closed meanwhile. */
  private boolean leave() {
    lock.lock();
    try {
      if (state == State.CLOSED) {
        Thread.interrupted(); // by close, and not for the handler
        return false;
      }
      state = State.IDLE;
      return true;
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    return state != State.CLOSED;
  }

  /** Ends the pending read and the thread, from any thread and any number of times. */
  void close() {
    close(new AsynchronousCloseException());
  }

  private void close(Throwable cause) {
    PendingRead<?> refused;
    lock.lock();
    try {
      refused = asked;
      asked = null;
      if (thread != null && state == State.READING) {
        thread.interrupt();
      }
      state = State.CLOSED;
      LockSupport.unpark(thread);
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      refused.fail(cause);
    }
  }
}
