package org.pipebridge.server.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.ServerOptions;

/** The requests that are under way at one server, and how they end when it stops (S3, S4, W8). */
public final class Exchanges {

  private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

  private final System.Logger logger = System.getLogger("org.pipebridge.server");
  private final String prefix = Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
  private final AtomicLong identifiers = new AtomicLong();
  private final RunningExchanges running = new RunningExchanges();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ServerOptions options;
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CompletionStage<Void> stopNotice = stop.minimalCompletionStage();
  private final AtomicInteger upgraded = new AtomicInteger();
  private volatile boolean stopping;

  /**
   * Creates the books of a server.
   *
   * @param options what each request begins with
   */
  public Exchanges(ServerOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  ServerOptions options() {
    return options;
  }

  /**
   * Tells whether the server is stopping: answers then say that their connection ends.
   *
   * @return whether {@link #stop} was called
   */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Returns how many requests are under way.
   *
   * @return the number
   */
  public int count() {
    return running.size();
  }

  /** From now on, requests that arrive are refused with 503. */
  public void refuse() {
    stopping = true;
    stop.complete(null);
  }

  /**
   * Refuses new requests, lets those under way end within a time, and aborts the rest (S4). Returns
   * after the last has ended, or one second after the aborts; a stage that is pending even then is
   * no longer waited for (S3).
   *
   * @param grace how long they may take
   */
  public void stop(Duration grace) {
    refuse();
    if (awaitNone(grace)) {
      return;
    }
    List<Exchange> late = running.all();
    late.forEach(exchange -> exchange.lifetime().abort());
    logger.log(
        System.Logger.Level.WARNING,
        "the server stopped before all requests had ended; aborted: {0}",
        late.size());
    if (!awaitNone(AFTER_ABORT)) {
      running.all().forEach(Exchange::abandon);
    }
  }

  /** A stage that completes when the server stops, which nobody else can complete. */
  CompletionStage<Void> stopping() {
    return stopNotice;
  }

  /**
   * Counts one more connection as upgraded (U9).
   *
   * @throws IllegalStateException if there are too many
   */
  void countUpgrade() {
    int limit = options.maxUpgradedConnections().orElse(Integer.MAX_VALUE);
    if (upgraded.incrementAndGet() > limit) {
      upgraded.decrementAndGet();
      throw new IllegalStateException(
          "at most " + limit + " connections may be upgraded at a time, and so many are");
    }
  }

  /** Takes a request in; false: the server is stopping. */
  boolean enter(ExchangeRun<?> run) {
    running.add(run);
    if (stopping) {
      leave(run);
      return false;
    }
    return true;
  }

  void leave(ExchangeRun<?> run) {
    running.remove(run);
    if (run.exchange().upgrade() != null) {
      upgraded.decrementAndGet();
    }
    if (stopping) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  String nextIdentifier() {
    return prefix + '-' + Long.toString(identifiers.incrementAndGet(), 36);
  }

  void log(System.Logger.Level level, String message) {
    log(level, message, null);
  }

  void log(System.Logger.Level level, String message, @Nullable Throwable cause) {
    logger.log(level, message, cause);
  }

  private boolean awaitNone(Duration time) {
    long left = TimeUnit.NANOSECONDS.convert(time); // saturates
    boolean interrupted = false;
    lock.lock();
    try {
      while (running.size() > 0 && left > 0) {
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
          left = 0;
        }
      }
      return running.size() == 0;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
