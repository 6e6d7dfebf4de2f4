package org.pipebridge.server.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one operation in at a time, and none once it is closed (R51, Q24, C14).
 *
 * <pre>
 *   IDLE --enter--> BUSY --exit--> IDLE         enter in any other state: IllegalStateException
 *   IDLE --close--> CLOSED
 *   BUSY --close--> CLOSING --exit--> CLOSED    awaitClosed waits for the one inside
 * </pre>
 *
 * <p>So an operation that races with the end of its request is either done before the end, or
 * refused; it never reaches the native streams afterwards.
 */
abstract class OneAtATime {

  private static final int IDLE = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;
  private static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(OneAtATime.class, "gate", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // accessed through GATE
  private volatile int gate;

  private volatile @Nullable Thread closer;

  /** Lets an operation in, which must call {@link #exit()} when it is done. */
  final void enter() {
    if (!GATE.compareAndSet(this, IDLE, BUSY)) {
      throw new IllegalStateException(
          gate == BUSY
              ? "another operation on this body has not ended; one at a time is allowed"
              : "the response has ended; its bodies must not be used any more");
    }
  }

  final void exit() {
    if (!GATE.compareAndSet(this, BUSY, IDLE)) {
      gate = CLOSED;
      LockSupport.unpark(closer);
    }
  }

  /** Lets nobody in from now on; does not wait. */
  final void close() {
    int seen = gate;
    while (seen < CLOSING && !GATE.compareAndSet(this, seen, seen == IDLE ? CLOSED : CLOSING)) {
      seen = gate;
    }
  }

  /** Whether nobody is inside any more, nor ever will be. */
  final boolean isClosed() {
    return gate == CLOSED;
  }

  /** Waits, through interrupts, until nobody is inside; {@link #close()} was called before. */
  final void awaitClosed() {
    boolean interrupted = false;
    closer = Thread.currentThread();
    while (gate != CLOSED) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
