package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * How fast the client of one connection sends content and takes responses; made for a connection on
 * which a rate was set (L12).
 */
final class ClientPace {

  private final RateWatch reads = new RateWatch();
  private final RateWatch writes = new RateWatch();

  RateWatch reads() {
    return reads;
  }

  RateWatch writes() {
    return writes;
  }

  /** Watches anew, by these rates. */
  void watch(MinDataRates rates) {
    long now = System.nanoTime();
    reads.setRate(rates.request(), now);
    writes.setRate(rates.response(), now);
  }

  /** Stops watching: no operation of an application waits any more. */
  void stop() {
    watch(MinDataRates.NONE);
  }

  void readWaits() {
    reads.begin(System.nanoTime(), 0);
  }

  /** Notes bytes that have come, or the end of them. */
  void filled(int count) {
    if (count != 0) {
      reads.end(System.nanoTime(), Math.max(count, 0));
    }
  }

  /** Watches a write until it is done. */
  Callback during(Callback callback, ByteBuffer... buffers) {
    long count = 0;
    for (ByteBuffer buffer : buffers) {
      count += buffer.remaining();
    }
    writes.begin(System.nanoTime(), count);
    return new Callback.Nested(callback) {
      @Override
      public void completed() {
        writes.end(System.nanoTime(), 0);
      }
    };
  }

  /**
   * Ends what waits for a client that is too slow: a read times out, as it would on a connection
   * that is idle for too long, and for a write the request is aborted.
   */
  void check(long now, @Nullable Connection connection, Runnable abort) {
    if (connection != null && reads.isTooSlow(now)) {
      connection.onIdleExpired(new TimeoutException("the client sends content too slowly (L12)"));
    }
    if (writes.isTooSlow(now)) {
      abort.run();
    }
  }
}
