package org.pipebridge.jetty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;

/**
 * Measures one direction of a connection while an operation waits for the client (L12).
 *
 * <pre>
 *   OFF --setRate--> QUIET <--begin, end--> WAITING --too slow--> OFF
 * </pre>
 *
 * <p>Time counts while WAITING, and bytes whenever they move. The bytes that an operation waits to
 * get rid of count as moved: how far it is with them cannot be seen.
 */
final class RateWatch {

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock(); // it is asked from another thread
  private @Nullable Rate rate;
  private boolean waiting;
  private long since;
  private long waited;
  private long bytes;

  /** Begins anew with a rate, or stops watching. An operation that waits is watched from now on. */
  void setRate(@Nullable Rate rate, long now) {
    lock.lock();
    try {
      this.rate = rate;
      since = now;
      waited = 0;
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Rate rate() {
    lock.lock();
    try {
      return rate;
    } finally {
      lock.unlock();
    }
  }

  /** An operation waits for the client, with so many bytes that it wants to get rid of. */
  void begin(long now, long count) {
    lock.lock();
    try {
      bytes += count;
      if (!waiting) {
        waiting = true;
        since = now;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The operation goes on, with so many bytes that have come. */
  void end(long now, long count) {
    lock.lock();
    try {
      bytes += count;
      if (waiting) {
        waiting = false;
        waited += now - since;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells, once, that the client is slower than the rate allows. */
  boolean isTooSlow(long now) {
    lock.lock();
    try {
      if (rate == null || !waiting) {
        return false;
      }
      long time = waited + now - since;
      boolean slow =
          time > rate.grace().toNanos() && bytes < rate.bytesPerSecond() * (time / SECOND);
      if (slow) {
        rate = null;
      }
      return slow;
    } finally {
      lock.unlock();
    }
  }
}
