package org.pipebridge.server.exchange;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.exchange.FakeContainer.Manner;

/** B11, C14, A2: no wake-up is lost, no operation hangs, nothing is touched after the end. */
final class NonBlockingRacesTest {

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aReadSeesContentThatArrivesMeanwhile(Manner manner) {
    Race.explore(
        manner,
        race -> {
          AtomicReference<CompletableFuture<Integer>> read = new AtomicReference<>();
          Race.together(() -> read.set(race.read()), () -> race.container.arrive(3));
          Race.check(read.get().isDone(), "the read hangs");
          Race.check(read.get().join() == 3, "the read gave something else");
          race.checkNoViolation();
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aReadEndsWithTheRequest(Manner manner) {
    Race.explore(
        manner,
        race -> {
          AtomicReference<CompletableFuture<Integer>> read = new AtomicReference<>();
          race.exchange.requestBody(); // made before the end, else there is nothing to race over
          Race.together(
              () -> read.set(race.read()),
              () -> race.container.arrive(3),
              () -> {
                race.exchange.closeBodies();
                race.exchange.end();
                race.container.recycle();
              });
          Race.check(read.get().isDone(), "the read hangs");
          race.checkNoViolation();
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aReadEndsWithAnAbort(Manner manner) {
    Race.explore(
        manner,
        race -> {
          AtomicReference<CompletableFuture<Integer>> read = new AtomicReference<>();
          Race.together(
              () -> read.set(race.read()),
              () -> race.exchange.lifetime().abort(),
              () -> race.container.arrive(3));
          CompletableFuture<Integer> done = read.get();
          Race.check(done.isDone(), "the read hangs");
          Throwable failure = Stages.failureOf(done);
          Race.check(
              failure == null || failure instanceof RequestAbortedException,
              "the read failed otherwise: " + failure);
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void writesGoOnWhenTheNetworkTakesMore(Manner manner) {
    Race.explore(
        manner,
        race -> {
          AtomicReference<CompletableFuture<Void>> all = new AtomicReference<>();
          Race.together(
              () -> all.set(race.write().thenCompose(ignored -> race.write())),
              race.container::drain,
              race.container::drain);
          race.container.drain(); // the network takes everything in the end
          race.container.drain();
          Race.check(all.get().isDone(), "a write hangs");
          Race.check(race.container.written() == 2, "content is lost or doubled");
          race.checkNoViolation();
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aWriteEndsWithAnAbort(Manner manner) {
    Race.explore(
        manner,
        race -> {
          AtomicReference<CompletableFuture<Void>> all = new AtomicReference<>();
          Race.together(
              () -> all.set(race.write().thenCompose(ignored -> race.write())),
              () -> race.exchange.lifetime().abort(),
              race.container::drain);
          Race.check(all.get().isDone(), "a write hangs");
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void theEndWaitsForTheLastWrite(Manner manner) {
    Race.explore(
        manner,
        race -> {
          CompletableFuture<Void> write = race.write(); // pending: nothing was drained
          AtomicReference<CompletableFuture<Void>> last = new AtomicReference<>();
          Race.together(
              () -> {
                race.exchange.closeBodies();
                last.set(race.exchange.lastWrite().toCompletableFuture());
              },
              race.container::drain);
          Race.check(write.isDone() && !write.isCompletedExceptionally(), "the write is lost");
          Race.check(last.get().isDone(), "the end hangs");
          race.checkNoViolation();
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aHeldThreadAndNonBlockingExcludeEachOther(Manner manner) {
    Race.explore(
        manner,
        race -> {
          boolean[] held = new boolean[1];
          boolean[] went = new boolean[1];
          Race.together(
              () -> {
                race.container.enterOnThisThread();
                held[0] = race.exchange.enter();
              },
              () -> went[0] = race.exchange.goNonBlocking());
          Race.check(held[0] != went[0], "both, or neither: " + held[0]);
        });
  }
}
