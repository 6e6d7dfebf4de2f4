package org.pipebridge.test.kit.e;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.internal.Stages;

/** Repeats an asynchronous step; steps that are done at once do not deepen the stack. */
final class Loop {

  private final Step step;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Loop(Step step) {
    this.step = step;
  }

  /** Repeats a step until it says no; the stage fails with what a step fails with. */
  static CompletionStage<Void> repeat(Step step) {
    Loop loop = new Loop(step);
    loop.run();
    return loop.done;
  }

  private void run() {
    try {
      CompletionStage<Boolean> stage = step.run();
      while (Stages.isCompleted(stage)) {
        if (!stage.toCompletableFuture().join()) {
          done.complete(null);
          return;
        }
        stage = step.run();
      }
      stage.whenComplete(this::resume);
    } catch (Exception | Error e) {
      done.completeExceptionally(e);
    }
  }

  private void resume(Boolean again, Throwable failure) {
    if (failure != null) {
      done.completeExceptionally(Stages.unwrap(failure));
    } else if (again) {
      run();
    } else {
      done.complete(null);
    }
  }

  /** One turn. */
  @FunctionalInterface
  interface Step {
    /** Returns whether there is another turn. */
    CompletionStage<Boolean> run() throws Exception;
  }
}
