package org.pipebridge.server.exchange;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.RequestAbortedException;

/** A stage that a request waits for, until it ends or a stopping server gives it up (S3). */
final class PendingStage {

  private final Transport transport;
  private final Consumer<@Nullable Throwable> next;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * Waits for a stage.
   *
   * @param transport what sets up the thread that goes on (W13)
   * @param next what goes on, once, with the failure of the stage or null
   */
  PendingStage(Transport transport, Consumer<@Nullable Throwable> next) {
    this.transport = transport;
    this.next = next;
  }

  void await(CompletionStage<Void> stage) {
    stage.whenComplete((ignored, failure) -> goOn(failure));
  }

  /** Goes on at once, as if the stage had failed. */
  void giveUp() {
    goOn(new RequestAbortedException("the server has stopped", null));
  }

  private void goOn(@Nullable Throwable failure) {
    if (over.compareAndSet(false, true)) {
      transport.resume(() -> next.accept(failure));
    }
  }
}
