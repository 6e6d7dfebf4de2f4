package org.pipebridge;

import java.util.concurrent.TimeUnit;

/** Threads that tests bring to wait. */
public final class Threads {

  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private Threads() {}

  /** Returns when a thread waits or has ended, or when the time is over; tells which. */
  public static Thread.State settled(Thread thread) {
    long begin = System.nanoTime();
    Thread.State state = thread.getState();
    while (state != Thread.State.WAITING
        && state != Thread.State.TERMINATED
        && System.nanoTime() - begin < DEADLINE_NANOS) {
      Thread.onSpinWait();
      state = thread.getState();
    }
    return state;
  }
}
