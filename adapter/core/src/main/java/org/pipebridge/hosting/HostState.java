package org.pipebridge.hosting;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is in its life: it starts once, and stops once (S43, S45).
 *
 * <pre>
 * NEW ──► STARTING ──► STARTED ──► STOPPING ──► STOPPED
 *  │          └── start failed ───────────────────▲
 *  └── stopped before it started ──► STOPPING ────┘
 * </pre>
 */
final class HostState {

  private enum Phase {
    NEW,
    STARTING,
    STARTED,
    STOPPING,
    STOPPED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Phase phase = Phase.NEW;
  private @Nullable Thread owner;

  /** Enters the start, which ends with {@link #endStart}. */
  void beginStart() {
    lock.lock();
    try {
      if (phase != Phase.NEW) {
        throw new IllegalStateException("a host starts once, but this one is " + phase);
      }
      become(Phase.STARTING);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the start; a host that could not start has stopped. */
  void endStart(boolean started) {
    change(started ? Phase.STARTED : Phase.STOPPED);
  }

  /** Tells whether the start has ended well and the stop has not ended. */
  boolean hasStarted() {
    lock.lock();
    try {
      return phase == Phase.STARTED || phase == Phase.STOPPING;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Enters the stop, which ends with {@link #endStop}; waits for a start that is under way.
   *
   * @param waitForOther whether to wait for a stop that is under way on another thread
   * @return whether the caller is to stop the host; if not, it has been stopped, or is being
   */
  boolean beginStop(boolean waitForOther) {
    lock.lock();
    try {
      while (phase == Phase.STARTING || phase == Phase.STOPPING && waitForOther) {
        if (owner == Thread.currentThread()) {
          return refuseToWaitForMyself();
        }
        changed.awaitUninterruptibly();
      }
      if (phase == Phase.STOPPING || phase == Phase.STOPPED) {
        return false;
      }
      become(Phase.STOPPING);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stop. */
  void endStop() {
    change(Phase.STOPPED);
  }

  private boolean refuseToWaitForMyself() {
    if (phase == Phase.STARTING) {
      throw new IllegalStateException(
          "a host cannot be stopped by what starts it; use stopApplication()");
    }
    return false;
  }

  private void change(Phase next) {
    lock.lock();
    try {
      become(next);
    } finally {
      lock.unlock();
    }
  }

  private void become(Phase next) {
    assert lock.isHeldByCurrentThread();
    phase = next;
    owner = next == Phase.STARTING || next == Phase.STOPPING ? Thread.currentThread() : null;
    changed.signalAll();
  }
}
