package org.pipebridge.server.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.internal.Stages;

/** Callbacks of which the last registered runs first, one after the other (R3, R7). */
final class CallbackStack {

  private final Deque<AsyncCallback> callbacks = new ArrayDeque<>(4);
  private final Transport transport;

  /**
   * Creates an empty stack.
   *
   * @param transport what sets up the thread around each callback (W13)
   */
  CallbackStack(Transport transport) {
    this.transport = transport;
  }

  void push(AsyncCallback callback) {
    callbacks.push(callback);
  }

  /**
   * Runs the callbacks, and those that they register, until none is left.
   *
   * @param guard takes the failure of each; null: the first failure ends it and fails the stage
   * @return a stage that completes when all are done
   */
  CompletionStage<Void> run(@Nullable Consumer<Throwable> guard) {
    while (!callbacks.isEmpty()) {
      CompletionStage<Void> stage = runOne(callbacks.pop());
      if (!Stages.isDone(stage)) {
        return stage
            .handle((ignored, failure) -> settle(failure, guard))
            .thenCompose(ignored -> run(guard));
      }
      Throwable failure = Stages.failureOf(stage);
      if (failure != null && guard == null) {
        return CompletableFuture.failedStage(failure);
      }
      settle(failure, guard);
    }
    return Stages.completed();
  }

  private CompletionStage<Void> runOne(AsyncCallback callback) {
    CompletableFuture<CompletionStage<Void>> result = new CompletableFuture<>();
    transport.resume(() -> result.complete(stageOf(callback)));
    return result.join();
  }

  private static CompletionStage<Void> stageOf(AsyncCallback callback) {
    try {
      return Stages.adopt(
          Objects.requireNonNull(
              callback.run(),
              () -> "callback " + callback.getClass().getName() + " gave no stage"));
    } catch (Throwable e) { // an Error of a callback must not keep the request from ending (R16)
      return CompletableFuture.failedStage(e);
    }
  }

  @SuppressWarnings("NullAway") // Void
  private static Void settle(@Nullable Throwable failure, @Nullable Consumer<Throwable> guard) {
    if (failure != null && guard == null) {
      throw new CompletionException(Stages.unwrap(failure));
    }
    if (failure != null) {
      guard.accept(Stages.unwrap(failure));
    }
    return null;
  }
}
