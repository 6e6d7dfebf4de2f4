package org.pipebridge.internal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What Pipebridge does with stages: one that is complete, unwrapping, waiting. */
public final class Stages {

  private static final CompletionStage<Void> COMPLETED = CompletableFuture.completedStage(null);

  private Stages() {}

  /**
   * Returns a stage that is complete.
   *
   * @return always the same stage, which nobody can change
   */
  public static CompletionStage<Void> completed() {
    return COMPLETED;
  }

  /**
   * Takes a stage that an application gave, which need not interoperate with others ({@link
   * CompletionStage#toCompletableFuture} may be unsupported).
   *
   * @param <T> what it completes with
   * @param stage any stage
   * @return the stage itself, if it is a future, else a future that completes as it does
   */
  public static <T> CompletableFuture<T> adopt(CompletionStage<T> stage) {
    if (stage instanceof CompletableFuture<T> future) {
      return future.toCompletableFuture();
    }
    CompletableFuture<T> copy = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            copy.complete(value);
          } else {
            copy.completeExceptionally(failure);
          }
        });
    return copy;
  }

  /**
   * Tells whether a stage has completed normally, at no cost for {@link #completed()}.
   *
   * @param stage any stage
   * @return whether it is done and did not fail
   */
  @SuppressWarnings("ReferenceEquality") // the shared stage is the common case
  public static boolean isCompleted(CompletionStage<?> stage) {
    if (stage == COMPLETED) {
      return true;
    }
    CompletableFuture<?> future = adopt(stage);
    return future.isDone() && !future.isCompletedExceptionally();
  }

  /**
   * Tells whether a stage has ended, normally or not.
   *
   * @param stage any stage
   * @return whether it is done
   */
  @SuppressWarnings("ReferenceEquality") // the shared stage is the common case
  public static boolean isDone(CompletionStage<?> stage) {
    return stage == COMPLETED || adopt(stage).isDone();
  }

  /**
   * Returns what a stage that is done failed with.
   *
   * @param stage a stage that is done
   * @return the failure, unwrapped, or null if it completed normally
   */
  public static @Nullable Throwable failureOf(CompletionStage<?> stage) {
    if (isCompleted(stage)) {
      return null;
    }
    try {
      adopt(stage).join();
      return null;
    } catch (CompletionException | CancellationException e) {
      return unwrap(e);
    }
  }

  /**
   * Takes the failure of a stage out of its wrapper, once (E8).
   *
   * @param failure what a dependent of the stage saw
   * @return the cause of a CompletionException or ExecutionException that has one, else the failure
   */
  public static Throwable unwrap(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    return wrapper && cause != null ? cause : failure;
  }

  /**
   * Waits for a stage, through interrupts, which are set again on return (P15).
   *
   * @param stage the stage
   * @throws Exception what the stage failed with: the same object, unwrapped (P4)
   */
  public static void await(CompletionStage<?> stage) throws Exception {
    if (isCompleted(stage)) {
      return;
    }
    CompletableFuture<?> future = adopt(stage);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          future.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw asException(unwrap(e));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Fails a future that does not complete in time.
   *
   * @param <T> what it completes with
   * @param future the future
   * @param seconds how long it may take
   * @return the future itself
   */
  public static <T> CompletableFuture<T> orTimeout(CompletableFuture<T> future, long seconds) {
    onTimer(() -> future.orTimeout(seconds, TimeUnit.SECONDS));
    return future;
  }

  /**
   * Runs a task after some time, on the JDK's default executor for stages.
   *
   * @param micros how many microseconds
   * @param task what to run
   */
  public static void later(long micros, Runnable task) {
    onTimer(() -> CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS).execute(task));
  }

  /**
   * Uses the JDK's thread for what is timed, which, if this call makes it begin, does not keep the
   * context class loader of an application.
   */
  private static void onTimer(Runnable use) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      use.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Makes a throwable fit for {@code throw}: what is no {@link Exception} is thrown at once, as it
   * is.
   *
   * @param failure any throwable
   * @return the failure itself
   */
  public static Exception asException(Throwable failure) {
    if (failure instanceof Exception exception) {
      return exception;
    }
    throw Stages.<RuntimeException>unchecked(failure);
  }

  @SuppressWarnings("unchecked") // the compiler's view only: the very object is thrown (P4)
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }
}
