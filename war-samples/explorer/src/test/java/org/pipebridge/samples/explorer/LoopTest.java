package org.pipebridge.samples.explorer;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoopTest {

  private final AtomicInteger turns = new AtomicInteger();

  @Test
  void stepsThatAreDoneDoNotDeepenTheStack() {
    var loop = Loop.whileTrue(() -> completedStage(turns.incrementAndGet() < 1_000_000));

    assertThat(loop.toCompletableFuture()).isCompleted();
    assertThat(turns).hasValue(1_000_000);
  }

  @Test
  void theNextStepWaitsForTheOneBefore() {
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    var loop = Loop.whileTrue(() -> turns.incrementAndGet() == 1 ? first : completedStage(false));

    assertThat(turns).hasValue(1);
    first.complete(true);
    assertThat(turns).hasValue(2);
    assertThat(loop.toCompletableFuture()).isCompleted();
  }

  @Test
  void aFailureOfAStepIsThatOfTheLoop() {
    IOException failure = new IOException("test");
    CompletableFuture<Boolean> later = new CompletableFuture<>();
    var failed = Loop.whileTrue(() -> failedStage(failure)).toCompletableFuture();
    var thrown = Loop.whileTrue(() -> throwing(failure)).toCompletableFuture();
    var failedLater = Loop.whileTrue(() -> later).toCompletableFuture();
    later.completeExceptionally(failure);

    assertThat(failureOf(failed)).isSameAs(failure);
    assertThat(failureOf(thrown)).isSameAs(failure);
    assertThat(failureOf(failedLater)).isSameAs(failure);
  }

  private static Throwable failureOf(CompletableFuture<Void> loop) {
    return loop.handle((nothing, failure) -> failure).getNow(new AssertionError("not done"));
  }

  private static CompletableFuture<Boolean> throwing(IOException failure) throws IOException {
    throw failure;
  }
}
