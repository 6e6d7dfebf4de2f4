package org.pipebridge.server.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/**
 * Lets one operation in at a time, and none once it is closed (R51, Q24, C14).
 *
 * <pre>
 *   IDLE --enter--> BUSY --exit--> IDLE            enter in any other state: IllegalStateException
 *   BUSY --suspend--> WAITING --wake--> BUSY       WAITING: the operation is pending, no thread is inside
 *   BUSY --wake--> WOKEN --suspend, refused--> BUSY   a signal that comes too early is not lost
 *   each --close--> the same and CLOSED            nobody enters; what is inside goes on to its exit
 * </pre>
 *
 * <p>So an operation that races with the end of its request is either done before the end, or
 * refused; and a late callback of a container wakes nobody. Neither reaches the native streams
 * afterwards.
 */
abstract class OneAtATime {

  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int WOKEN = 2;
  private static final int WAITING = 3;
  private static final int CLOSED = 4; // added to the others
  private static final VarHandle GATE;
  private static final VarHandle CLOSER;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      GATE = lookup.findVarHandle(OneAtATime.class, "gate", int.class);
      CLOSER = lookup.findVarHandle(OneAtATime.class, "closer", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // accessed through GATE
  private volatile int gate;

  private volatile @Nullable Thread closer;
  private volatile @Nullable CompletableFuture<Void> left;

  /**
   * Lets an operation in, which must call {@link #exit()} when it is done.
   *
   * @throws RequestAbortedException if it is closed since the client is gone (A2)
   */
  final void enter() throws RequestAbortedException {
    if (!GATE.compareAndSet(this, IDLE, BUSY)) {
      throwIfAborted();
      throw new IllegalStateException(
          (gate & CLOSED) == 0
              ? "another operation on this body has not ended; one at a time is allowed"
              : "the response has ended; its bodies must not be used any more");
    }
  }

  /** Refuses in the way that tells an operation that the request was aborted, if it was. */
  abstract void throwIfAborted() throws RequestAbortedException;

  /** Lets the engine's own last operation in, when all others are out. */
  final void enterClosed() {
    if (!GATE.compareAndSet(this, CLOSED + IDLE, CLOSED + BUSY)) {
      throw new IllegalStateException("the body is not closed, or an operation is still inside");
    }
  }

  final void exit() {
    if (GATE.compareAndSet(this, BUSY, IDLE)) {
      return;
    }
    int seen = gate;
    while (!GATE.compareAndSet(this, seen, seen & CLOSED)) {
      seen = gate;
    }
    if ((seen & CLOSED) != 0) {
      LockSupport.unpark(closer);
      CompletableFuture<Void> waiting = left;
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  /**
   * Leaves the operation pending until {@link #wake()}; false: it was woken already, and goes on.
   * From true on another thread may be inside.
   */
  final boolean suspend() {
    int seen = gate;
    while (!GATE.compareAndSet(this, seen, (seen & CLOSED) + (isWoken(seen) ? BUSY : WAITING))) {
      seen = gate;
    }
    return !isWoken(seen);
  }

  /** Lets a pending operation go on; true: on this thread, which is inside now. */
  final boolean wake() {
    int seen = gate;
    while (true) {
      int state = seen & ~CLOSED;
      if (state == IDLE || state == WOKEN) {
        return false;
      }
      int next = (seen & CLOSED) + (state == WAITING ? BUSY : WOKEN);
      if (GATE.compareAndSet(this, seen, next)) {
        return state == WAITING;
      }
      seen = gate;
    }
  }

  private static boolean isWoken(int seen) {
    return (seen & ~CLOSED) == WOKEN;
  }

  /** Lets nobody in from now on; does not wait. */
  final void close() {
    int seen = gate;
    while ((seen & CLOSED) == 0 && !GATE.compareAndSet(this, seen, seen + CLOSED)) {
      seen = gate;
    }
  }

  /** Whether nobody is let in any more; perhaps one is inside. */
  final boolean isClosing() {
    return (gate & CLOSED) != 0;
  }

  /** Whether nobody is inside any more, nor ever will be. */
  final boolean isClosed() {
    return gate == CLOSED + IDLE;
  }

  /** Waits, through interrupts, until nobody is inside; {@link #close()} was called before. */
  final void awaitClosed() {
    if (isClosed()) {
      return;
    }
    boolean interrupted = false;
    Thread before = (Thread) CLOSER.getAndSet(this, Thread.currentThread());
    while (!isClosed()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    LockSupport.unpark(before); // which waits too, if it is another, and is not seen by exit
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stage that completes when nobody is inside; {@link #close()} was called before. */
  final CompletionStage<Void> whenClosed() {
    if (isClosed()) {
      return Stages.completed();
    }
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    left = waiting;
    if (isClosed()) {
      waiting.complete(null);
    }
    return waiting;
  }
}
