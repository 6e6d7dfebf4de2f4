package org.pipebridge.test.kit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.HttpContext;

/**
 * One run of a scenario, as its application sees it: what it writes down for the client's part, and
 * the signals by which that part tells it to go on.
 *
 * <p>Facts and signals are plain text, so that both sides may live in different processes. Safe
 * from any thread.
 */
public final class Run {

  /** How long an application waits for a signal before it gives up. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final List<Class<? extends Exception>> NAMED =
      List.of(
          IllegalStateException.class,
          IllegalArgumentException.class,
          IndexOutOfBoundsException.class,
          UnsupportedOperationException.class);

  private final List<String> timeline = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, CompletableFuture<Void>> signals = new ConcurrentHashMap<>();

  Run() {}

  /**
   * Writes down a fact.
   *
   * @param fact what happened
   */
  public void record(String fact) {
    timeline.add(fact.replace('\r', ' ').replace('\n', ' '));
  }

  /**
   * Writes down a value as {@code name=value}.
   *
   * @param name what it is
   * @param value the value
   */
  public void record(String name, @Nullable Object value) {
    record(name + "=" + value);
  }

  /**
   * Tries something and writes down how it went: {@code name=ok}, or {@code name=} and the simple
   * class name of what was thrown; of the exceptions that the contract names, that name.
   *
   * @param name what is tried
   * @param attempt what to do
   * @return what was thrown, or null
   */
  public @Nullable Throwable attempt(String name, Attempt attempt) {
    try {
      attempt.run();
      record(name, "ok");
      return null;
    } catch (Exception | StackOverflowError e) {
      record(name, kind(e));
      return e;
    }
  }

  /**
   * Tries something that may fail, and writes nothing down.
   *
   * @param attempt what to do
   * @return whether it went well
   */
  public boolean attemptQuietly(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  /**
   * Waits until the client's part gives a signal.
   *
   * @param name the signal
   * @throws Exception if it does not come in time
   */
  public void await(String name) throws Exception {
    signal(name).get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Returns a stage that completes when the client's part gives a signal, on the thread that takes
   * the signal.
   *
   * @param name the signal
   * @return the stage
   */
  public CompletionStage<Void> awaitAsync(String name) {
    return signal(name).orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).copy();
  }

  /**
   * Waits until a request is over; its client has the answer before that (R6).
   *
   * @param context of a request that ends on another thread
   * @throws TimeoutException if it does not end in time
   */
  public void awaitEnd(HttpContext context) throws TimeoutException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (attemptQuietly(context::features)) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("the request is not over within " + DEADLINE);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Gives a signal, whether or not somebody waits for it yet. */
  void give(String name) {
    signal(name).complete(null);
  }

  /** Everything written down, in order; steps that the kit itself noted begin with "~". */
  List<String> timeline() {
    return List.copyOf(timeline);
  }

  private static String kind(Throwable thrown) {
    for (Class<?> type : NAMED) {
      if (type.isInstance(thrown)) {
        return type.getSimpleName();
      }
    }
    return thrown.getClass().getSimpleName();
  }

  private CompletableFuture<Void> signal(String name) {
    return signals.computeIfAbsent(name, n -> new CompletableFuture<>());
  }

  /** Something that may fail. */
  @FunctionalInterface
  public interface Attempt {

    /**
     * Does it.
     *
     * @throws Exception if it fails
     */
    void run() throws Exception;
  }
}
