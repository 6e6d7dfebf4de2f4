package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When an application begins and ends, for those who want to know (F52). */
@Timeout(20)
final class LifetimeTest {

  private final Lifetime lifetime = new Lifetime();
  private final List<String> log = new ArrayList<>();

  @Test
  void s40_dependentsRunInlineBeforeTheTellingMethodReturns() {
    lifetime.started().thenRun(() -> log.add("started on " + Thread.currentThread().getId()));
    lifetime.stopping().thenRun(() -> log.add("stopping"));
    lifetime.stopped().thenRun(() -> log.add("stopped"));
    assertThat(log).isEmpty();

    lifetime.notifyStarted();
    assertThat(log).containsExactly("started on " + Thread.currentThread().getId());
    lifetime.stopApplication();
    assertThat(log).hasSize(2).last().isEqualTo("stopping");
    lifetime.notifyStopped();
    assertThat(log).hasSize(3).last().isEqualTo("stopped");
  }

  @Test
  void s41_aFailingDependentIsLoggedAndHindersNobody() {
    var failure = new IllegalStateException("x");
    lifetime.stopping().thenRun(() -> log.add("first"));
    lifetime
        .stopping()
        .thenRun(
            () -> {
              throw failure;
            });
    lifetime.stopping().thenRun(() -> log.add("third"));

    try (var logs = new LogCapture(Lifetime.class)) {
      lifetime.stopApplication();

      assertThat(log).containsExactlyInAnyOrder("first", "third");
      assertThat(logs.at(Level.SEVERE)).hasSize(1).first().asString().contains("stopping()");
      assertThat(logs.records().get(0).getThrown()).hasRootCause(failure);
    }
  }

  @Test
  void s41_theFailureOfAnotherStageIsNotLogged() {
    var request = new CompletableFuture<Void>();
    lifetime.stopping().runAfterEither(request, () -> {});

    try (var logs = new LogCapture(Lifetime.class)) {
      request.completeExceptionally(new IllegalStateException("x"));

      assertThat(logs.records()).isEmpty();
    }
  }

  @Test
  void s41_aDependentOfEitherIsForgottenWhenTheOtherStageIsComplete() {
    for (int i = 0; i < 1000; i++) {
      var request = new CompletableFuture<Void>();
      lifetime.stopping().runAfterEither(request, () -> {});
      request.complete(null);
    }

    assertThat(((Signal) lifetime.stopping()).getNumberOfDependents()).isLessThan(10);
  }

  @Test
  void s41_lookingNowAndThenLeavesNothingBehind() {
    for (int i = 0; i < 1000; i++) {
      assertThat(lifetime.stopping().toCompletableFuture()).isNotDone();
    }
    assertThat(((Signal) lifetime.stopping()).getNumberOfDependents()).isZero();

    lifetime.stopApplication();
    assertThat(lifetime.stopping().toCompletableFuture()).isCompleted();
  }

  @Test
  void s41_whoWaitsForAStageSeesItsDependentsDone() throws Exception {
    lifetime
        .stopping()
        .thenRun(
            () -> {
              assertThat(lifetime.stopping().toCompletableFuture()).isNotDone();
              log.add("dependent");
            });
    var seen = new CompletableFuture<List<String>>();
    Thread waiter =
        new Thread(
            () -> {
              lifetime.stopping().toCompletableFuture().join();
              seen.complete(List.copyOf(log));
            });
    waiter.start();

    lifetime.stopApplication();

    assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("dependent");
    waiter.join();
  }

  @Test
  void s41_nobodyButTheHostCompletesTheStages() {
    CompletionStage<Void> stage = lifetime.stopping();
    for (var future : List.of((CompletableFuture<Void>) stage, stage.toCompletableFuture())) {
      assertNobodyCompletes(future);
    }
    stage.thenRun(() -> {}).toCompletableFuture().complete(null);
    assertThat(stage.toCompletableFuture()).isNotDone();
  }

  private static void assertNobodyCompletes(CompletableFuture<Void> future) {
    List<Runnable> attempts =
        List.of(
            () -> future.complete(null),
            () -> future.completeExceptionally(new IllegalStateException()),
            () -> future.cancel(true),
            () -> future.obtrudeValue(null),
            () -> future.obtrudeException(new IllegalStateException()),
            () -> future.completeAsync(() -> null),
            () -> future.orTimeout(1, TimeUnit.NANOSECONDS),
            () -> future.completeOnTimeout(null, 1, TimeUnit.NANOSECONDS));

    for (Runnable attempt : attempts) {
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(attempt::run);
    }
  }

  @Test
  void s41_awaitStoppingWaitsForTheDependents() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var ended = new CompletableFuture<Boolean>();
    lifetime
        .stopping()
        .thenRun(
            () -> {
              entered.countDown();
              awaitUninterruptibly(release);
              ended.complete(true);
            });
    Thread asking = new Thread(lifetime::stopApplication);
    asking.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    var waiting = new CompletableFuture<Boolean>();
    Thread waiter =
        new Thread(
            () -> {
              lifetime.awaitStopping();
              waiting.complete(ended.isDone());
            });
    waiter.start();
    lifetime.stopApplication();
    assertThat(waiting).isNotDone();
    release.countDown();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    asking.join();
    waiter.join();
  }

  @Test
  void s41_awaitStoppingDoesNotWaitForItself() {
    lifetime
        .stopping()
        .thenRun(
            () -> {
              lifetime.awaitStopping();
              log.add("went on");
            });

    lifetime.stopApplication();

    assertThat(log).containsExactly("went on");
  }

  @Test
  void s42_stopApplicationIsIdempotent() {
    lifetime.stopping().thenRun(() -> log.add("stopping"));
    lifetime.stopApplication();
    lifetime.stopApplication();

    assertThat(log).containsExactly("stopping");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
