package org.pipebridge.server.exchange;

import java.nio.channels.AsynchronousByteChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/** Runs the handler of an upgrade on its connection, to the end of both (U5 to U7). */
final class UpgradeRun implements Upgrading {

  private final ExchangeRun<?> run;
  private final Exchange exchange;
  private final Upgrade upgrade;
  private final AtomicBoolean decided = new AtomicBoolean();

  /**
   * Prepares a run.
   *
   * @param run what goes on, once, when the connection is closed or could not be had
   * @param upgrade what the application has asked for
   */
  UpgradeRun(ExchangeRun<?> run, Upgrade upgrade) {
    this.run = run;
    this.exchange = run.exchange();
    this.upgrade = upgrade;
  }

  /** Has the connection turned over; an abort does not wait for it. */
  void begin() {
    exchange
        .lifetime()
        .aborted()
        .thenRun(() -> failed(new RequestAbortedException("the request was aborted", null)));
    exchange.transport().upgrade(this);
  }

  @Override
  public void opened(AsynchronousByteChannel connection, Executor executor) {
    UpgradedStream stream = new UpgradedStream(exchange, connection, executor);
    if (!decided.compareAndSet(false, true)) {
      stream.abort(); // it comes too late
      return;
    }
    exchange.lifetime().aborted().thenRun(stream::abort);
    stream.execute(() -> run(stream));
  }

  @Override
  public void failed(Throwable cause) {
    if (decided.compareAndSet(false, true)) {
      run.notTurnedOver(cause);
    }
  }

  private void run(UpgradedStream stream) {
    CompletableFuture<Void> stage;
    try {
      stage =
          Stages.adopt(Objects.requireNonNull(upgrade.run(stream), "the handler gave no stage"));
    } catch (Throwable e) { // each request must end, whatever the application throws (S6, R16)
      stage = CompletableFuture.failedFuture(e);
    }
    PendingStage pending = new PendingStage(run, (same, failure) -> close(stream, failure));
    exchange.setPending(pending);
    pending.await(stage);
  }

  /** Sends what is left and closes; after a failure it closes only. */
  private void close(UpgradedStream stream, @Nullable Throwable failure) {
    CompletionStage<Void> sent = failure == null ? stream.flush() : Stages.completed();
    sent.whenComplete(
        (ignored, unsent) -> {
          stream.abort();
          run.turnedOver(failure == null ? unsent : failure);
        });
  }
}
