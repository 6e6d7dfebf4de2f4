package org.pipebridge.samples.explorer;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Repeats an asynchronous step for as long as it says so.
 *
 * <p>Neither the stack nor a chain of stages grows with the number of turns, as it would if each
 * step were composed with the next: some loops here last as long as a browser tab.
 */
final class Loop {

  private final Callable<CompletionStage<Boolean>> step;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Loop(Callable<CompletionStage<Boolean>> step) {
    this.step = step;
  }

  /**
   * Runs a step until it gives false or fails.
   *
   * @param step gives whether there is another turn
   * @return a stage that completes as the last step did
   */
  static CompletionStage<Void> whileTrue(Callable<CompletionStage<Boolean>> step) {
    Loop loop = new Loop(step);
    loop.run();
    return loop.done;
  }

  private void run() {
    try {
      CompletableFuture<Boolean> turn;
      do {
        turn = step.call().toCompletableFuture();
        if (!turn.isDone()) {
          turn.whenComplete(this::resume);
          return;
        }
      } while (turn.join());
      done.complete(null);
    } catch (Exception e) {
      fail(e);
    }
  }

  private void resume(@Nullable Boolean more, @Nullable Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (Boolean.TRUE.equals(more)) {
      run();
    } else {
      done.complete(null);
    }
  }

  private void fail(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped = failure instanceof CompletionException && cause != null;
    done.completeExceptionally(wrapped ? cause : failure);
  }
}
