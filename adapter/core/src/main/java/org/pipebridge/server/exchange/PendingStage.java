package org.pipebridge.server.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.RequestAbortedException;

/**
 * A stage that a request waits for, until it ends or a stopping server gives it up (S3).
 *
 * <p>It is at once what the stage calls and what goes on then: a request that waits costs one
 * object.
 */
final class PendingStage implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {

  /** What comes after a stage; it captures nothing, so it costs nothing. */
  @FunctionalInterface
  interface Step {
    void run(ExchangeRun<?> run, @Nullable Throwable failure);
  }

  private static final VarHandle OVER;

  static {
    try {
      OVER = MethodHandles.lookup().findVarHandle(PendingStage.class, "over", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ExchangeRun<?> run;
  private final Step next;
  private @Nullable Throwable failure;

  @SuppressWarnings("UnusedVariable") // accessed through OVER
  private volatile boolean over;

  /**
   * Waits for a stage.
   *
   * @param run what goes on, on a thread that its transport has set up (W13)
   * @param next how it goes on, once, with the failure of the stage or null
   */
  PendingStage(ExchangeRun<?> run, Step next) {
    this.run = run;
    this.next = next;
  }

  void await(CompletionStage<Void> stage) {
    stage.whenComplete(this);
  }

  /** Goes on at once, as if the stage had failed. */
  void giveUp() {
    accept(null, new RequestAbortedException("the server has stopped", null));
  }

  @Override
  public void accept(@Nullable Object ignored, @Nullable Throwable cause) {
    if (OVER.compareAndSet(this, false, true)) {
      failure = cause;
      run.exchange().transport().resume(this);
    }
  }

  @Override
  public void run() {
    next.run(run, failure);
  }
}
