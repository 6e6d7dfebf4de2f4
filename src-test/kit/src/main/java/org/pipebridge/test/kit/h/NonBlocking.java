package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.Writing;

/** K208, K209: blocking parts beside content that does not block, and back-pressure. */
final class NonBlocking {

  private static final int PIECE = 64 * 1024;
  private static final long ENDLESS = 200_000_000;

  /** What the operating system may buffer between the two ends of a connection. */
  private static final long IN_THE_NETWORK = 32_000_000;

  private NonBlocking() {}

  static List<Scenario> scenarios() {
    return List.of(k208(), k208Around(), k209());
  }

  private static void switchOff(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
  }

  private static CompletionStage<Integer> read(HttpContext context, int count) {
    return context.request().read(ByteBuffer.allocate(count));
  }

  /** Blocking code comes to a callback of the container, and runs elsewhere. */
  private static Scenario k208() {
    return Scenario.named("K208", "b13_blockingCodeLeavesTheCallbackThread")
        .rules("B13", "P4", "P9")
        .needs(Capability.BYTES, Capability.NON_BLOCKING)
        .pipeline(
            (app, run) -> {
              AtomicReference<Thread> callback = new AtomicReference<>();
              app.useAsync(
                  (context, next) -> {
                    switchOff(context);
                    return read(context, 5)
                        .thenCompose(
                            count -> {
                              run.record("count", count);
                              callback.set(Thread.currentThread());
                              CompletionStage<Void> rest = invoke(next, context);
                              callback.set(null);
                              return rest;
                            });
                  });
              blockingParts(app, run, callback);
            })
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "10"));
              connection.isSilent();
              connection.write("hello");
              assertThat(probe.facts(2)).containsExactly("count=5", "elsewhere=true");
              connection.isSilent();
              probe.signal("go");
              connection.write("again");
              connection.answer().hasStatus(200).hasText("5 more");
              assertThat(probe.facts(3).get(2)).isEqualTo("after");
            });
  }

  private static void blockingParts(
      ApplicationBuilder app, Run run, AtomicReference<Thread> callback) {
    app.use(
        (context, next) -> {
          run.record("elsewhere", callback.get() != Thread.currentThread());
          run.await("go");
          next.handle(context);
          run.record("after");
        });
    app.run(
        context -> {
          CompletionStage<Integer> more = read(context, 5);
          Stages.await(more);
          int count = more.toCompletableFuture().join();
          Stages.await(context.response().writeAsync(count + " more"));
        });
  }

  private static CompletionStage<Void> invoke(RequestDelegate next, HttpContext context) {
    try {
      return next.invoke(context);
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** A blocking middleware holds the container's thread while all downstream is asynchronous. */
  private static Scenario k208Around() {
    return Scenario.named("K208", "p9_aBlockingPartAroundStagesWithoutBlockingEnds")
        .rules("B13", "P4", "P9")
        .needs(Capability.BYTES, Capability.NON_BLOCKING)
        .pipeline(
            (app, run) -> {
              app.use(
                  (context, next) -> {
                    next.handle(context);
                    run.record("after");
                  });
              app.runAsync(
                  context -> {
                    switchOff(context);
                    return read(context, 5)
                        .thenCompose(count -> context.response().writeAsync("got " + count));
                  });
            })
        .check(
            probe -> {
              List<RawConnection> clients = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                RawConnection connection = probe.socket();
                connection.send(probe.request("POST", "/").header("Content-Length", "5"));
                clients.add(connection);
              }
              for (RawConnection connection : clients) {
                connection.write("hello");
                connection.answer().hasStatus(200).hasText("got 5");
              }
              assertThat(probe.facts(4)).containsOnly("after");
            });
  }

  private static Scenario k209() {
    return Scenario.named("K209", "r52_aWriteWaitsForAClientThatDoesNotRead")
        .rules("R52", "A5", "A3", "B11")
        .needs(Capability.BYTES, Capability.NON_BLOCKING)
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              AtomicLong accepted = new AtomicLong();
              ByteBuffer piece = ByteBuffer.wrap(new byte[PIECE]);
              context.aborted().thenRun(() -> run.record("aborted"));
              return writeOn(context, piece, accepted)
                  .whenComplete(
                      (ignored, failure) -> {
                        run.record("bounded", accepted.get() < IN_THE_NETWORK);
                        Throwable cause = failure == null ? null : Stages.unwrap(failure);
                        run.record("aborted", cause instanceof RequestAbortedException);
                      });
            })
        .once(Writing.COMPLETED_STAGE)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(connection.head().status()).isEqualTo(200);
              connection.content(PIECE);
              connection.close();
              assertThat(probe.facts(3))
                  .containsExactlyInAnyOrder("aborted", "bounded=true", "aborted=true");
              probe.loggedNothing();
            });
  }

  /** Writes until there is an end; writes that are done at once do not deepen the stack. */
  private static CompletionStage<Void> writeOn(
      HttpContext context, ByteBuffer piece, AtomicLong accepted) {
    while (accepted.getAndAdd(PIECE) < ENDLESS) {
      CompletionStage<Void> written = context.response().writeAsync(piece.rewind());
      if (!Stages.isCompleted(written)) {
        return written.thenCompose(ignored -> writeOn(context, piece, accepted));
      }
    }
    return Stages.completed();
  }
}
