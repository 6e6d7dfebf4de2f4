package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.internal.Stages;
import org.pipebridge.internal.Waiting;

@Timeout(20)
final class BlockingPartTest {

  private final List<String> log = new ArrayList<>();

  @Test
  void p4_codeAfterNextRunsAfterAsynchronousWorkDownstream() throws Exception {
    var release = new CountDownLatch(1);
    var pipeline =
        new BlockingPart(
            (context, next) -> {
              try {
                release.countDown();
                next.handle(context);
                log.add("after");
              } finally {
                log.add("finally");
              }
            },
            context ->
                Contexts.later(
                    () -> {
                      release.await();
                      log.add("downstream");
                    }));

    CompletionStage<Void> stage = pipeline.invoke(Contexts.get("/"));

    assertThat(stage == Stages.completed()).isTrue();
    assertThat(log).containsExactly("downstream", "after", "finally");
  }

  @Test
  void p9_aServerMayWaitInItsOwnWay() throws Exception {
    var pending = new CompletableFuture<Void>();
    var pipeline = new BlockingPart((context, next) -> next.handle(context), context -> pending);
    var context = Contexts.get("/");
    context.features().set(Waiting.class, stage -> log.add("waited, done: " + pending.isDone()));

    pipeline.invoke(context);
    pending.complete(null);
    pipeline.invoke(context);

    assertThat(log).containsExactly("waited, done: false");
  }

  @Test
  void p4_aFailedStageIsThrownAsTheSameObject() {
    var failure = new IOException("x");

    assertThat(caughtWhen(CompletableFuture.failedStage(failure))).isSameAs(failure);
    assertThat(caughtWhen(CompletableFuture.failedFuture(new CompletionException(failure))))
        .isSameAs(failure);
    assertThat(
            caughtWhen(
                Contexts.later(
                    () -> {
                      throw failure;
                    })))
        .isSameAs(failure);
    assertThat(caughtWhen(CompletableFuture.<Void>failedFuture(failure).thenRun(() -> {})))
        .isSameAs(failure);
  }

  @Test
  void p4_anErrorIsThrownAsTheSameObject() {
    var failure = new StackOverflowError();

    assertThat(caughtWhen(CompletableFuture.failedStage(failure))).isSameAs(failure);
  }

  @Test
  void p9_blockingAroundAsynchronousAroundBlockingEndsOnOneThreadPerRequest() throws Exception {
    var app = new ApplicationBuilder();
    app.use(
        (context, next) -> {
          next.handle(context);
          log.add("outer");
        });
    app.useAsync((context, next) -> Contexts.later(() -> Stages.await(next.invoke(context))));
    app.use(
        (context, next) -> {
          next.handle(context);
          log.add("inner");
        });
    app.runAsync(context -> Contexts.later(() -> log.add("run")));

    Contexts.run(app, "/");

    assertThat(log).containsExactly("run", "inner", "outer");
  }

  @Test
  void p15_anInterruptDoesNotAbandonDownstreamAndIsSetAgain() throws Exception {
    var downstream = new CompletableFuture<Void>();
    var entered = new CountDownLatch(1);
    var doneBefore = new AtomicBoolean();
    var interrupted = new AtomicBoolean();
    var pipeline =
        new BlockingPart(
            (context, next) -> {
              next.handle(context);
              doneBefore.set(downstream.isDone());
              interrupted.set(Thread.currentThread().isInterrupted());
            },
            context -> {
              entered.countDown();
              return downstream;
            });
    var thread =
        new Thread(
            () -> {
              try {
                pipeline.invoke(Contexts.get("/"));
              } catch (Exception e) {
                log.add(e.toString());
              }
            });
    thread.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();
    awaitInterruptTaken(thread);
    assertThat(thread.isAlive()).isTrue();
    downstream.complete(null);
    thread.join();

    assertThat(log).isEmpty();
    assertThat(doneBefore).isTrue();
    assertThat(interrupted).isTrue();
  }

  @Test
  void p15_anInterruptFromBeforeIsKeptToo() throws Exception {
    Thread.currentThread().interrupt();

    new BlockingPart(
            (context, next) -> next.handle(context),
            context -> Contexts.later(() -> log.add("downstream")))
        .invoke(Contexts.get("/"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("downstream");
  }

  @Test
  void p5_aNullStageDownstreamFailsNamingItsGiver() {
    RequestDelegate giver = new NullGiver();
    var app = new ApplicationBuilder().use((context, next) -> next.handle(context)).runAsync(giver);

    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> Contexts.run(app, "/"))
        .withMessageContaining(NullGiver.class.getName());
  }

  private static Throwable caughtWhen(CompletionStage<Void> downstream) {
    var caught = new Throwable[1];
    var pipeline =
        new BlockingPart(
            (context, next) -> {
              try {
                next.handle(context);
              } catch (Throwable e) {
                caught[0] = e;
              }
            },
            context -> downstream);
    try {
      pipeline.invoke(Contexts.get("/"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return caught[0];
  }

  private static void awaitInterruptTaken(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.isInterrupted() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static final class NullGiver implements RequestDelegate {
    @Override
    @SuppressWarnings("NullAway")
    public CompletionStage<Void> invoke(org.pipebridge.http.HttpContext context) {
      return null;
    }
  }
}
