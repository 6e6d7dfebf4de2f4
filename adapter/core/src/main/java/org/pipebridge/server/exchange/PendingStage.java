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

  private static final Object OPEN = new Object();
  private static final VarHandle RESULT;

  static {
    try {
      RESULT = MethodHandles.lookup().findVarHandle(PendingStage.class, "result", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ExchangeRun<?> run;
  private final Step next;

  /** {@link #OPEN}, then the failure of the stage or null. */
  private volatile @Nullable Object result = OPEN;

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
    if (RESULT.compareAndSet(this, OPEN, cause)) {
      run.exchange().transport().resume(this);
    }
  }

  @Override
  public void run() {
    next.run(run, (Throwable) result);
  }
}
