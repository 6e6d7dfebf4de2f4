package org.pipebridge.server.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a thread runs for an upgraded connection, and what it puts off until that has returned. */
final class Turn {

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> putOff = new ArrayDeque<>(2);

  /** Runs a step, and then what was put off meanwhile. */
  void run(Runnable first) {
    for (Runnable step = first; step != null; step = next()) {
      step.run();
    }
  }

  /** Puts a step off; called by the thread whose turn it is. */
  void putOff(Runnable step) {
    lock.lock();
    try {
      putOff.add(step);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a step back that was put off; false: it has begun. */
  boolean takeBack(Runnable step) {
    lock.lock();
    try {
      return putOff.remove(step);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      return putOff.poll();
    } finally {
      lock.unlock();
    }
  }
}
