package org.pipebridge.test.kit.f;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K140, K142, K145: a request that the application aborts. */
final class Aborts {

  private Aborts() {}

  static List<Scenario> scenarios() {
    return List.of(k140(), k140Started(), k142(), k145());
  }

  private static Scenario k140() {
    return Scenario.named("K140", "a1_anAbortBeforeTheStartIsNoAnswer")
        .rules("A1", "A2", "A6")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context
                  .response()
                  .onCompleted(() -> run.record("status", context.response().status()));
              context.abort();
              context.abort();
              run.record("aborted", context.isAborted());
              run.attempt("write", () -> context.response().write("too late"));
            })
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.get());
              String seen = new String(connection.untilClosed(), StandardCharsets.ISO_8859_1);
              if (probe.can(Capability.HOST)) {
                assertThat(seen).isEmpty();
              }
              int head = seen.indexOf("\r\n\r\n");
              assertThat(head < 0 ? "" : seen.substring(head + 4)).isEmpty();
              assertThat(seen).doesNotContain("Content-Length: 0");
              assertThat(probe.facts(3))
                  .containsExactly("aborted=true", "write=RequestAbortedException", "status=499");
              probe.loggedNothing();
            });
  }

  private static Scenario k140Started() {
    return Scenario.named("K140", "a1_anAbortAfterTheStartIsABrokenAnswer")
        .rules("A1", "A2")
        .application(
            (context, run) -> {
              context.response().write("hello");
              context.response().flush();
              context.abort();
              run.attempt("write", () -> context.response().write("too late"));
              run.record("aborted", context.aborted().toCompletableFuture().isDone());
            })
        .check(
            probe -> {
              probe.send(probe.get()).answer().isKilled();
              assertThat(probe.facts(2))
                  .containsExactly("write=RequestAbortedException", "aborted=true");
              probe.loggedNothing();
            });
  }

  private static Scenario k142() {
    return Scenario.named("K142", "a2_anAbortEndsAReadThatWaits")
        .rules("A1", "A2")
        .needs(Capability.BYTES)
        .pipeline(
            (app, run) ->
                app.runAsync(
                    context ->
                        context.request().method().equals("GET")
                            ? context.response().writeAsync("alive")
                            : waitForContent(context, run)))
        .check(
            probe -> {
              Connection waiting =
                  probe.send(probe.request("POST", "/").header("Content-Length", "10"));
              probe.facts(1);
              Connection other = probe.send(probe.get());
              other.answer().hasStatus(200).hasText("alive");
              probe.signal("abort");
              assertThat(probe.facts(3))
                  .containsExactly("reading", "read=RequestAbortedException", "aborted=true");
              probe.ask(probe.get()).hasStatus(200).hasText("alive");
              waiting.close();
              probe.loggedNothing();
            });
  }

  /** Without blocking: only a host can free a thread that waits for content. */
  private static CompletionStage<Void> waitForContent(HttpContext context, Run run) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    CompletionStage<Void> aborted = run.awaitAsync("abort").thenRunAsync(context::abort);
    run.record("reading");
    return context
        .request()
        .read(ByteBuffer.allocate(10))
        .handle((count, failure) -> failure == null ? "ok" : Stages.unwrap(failure).getClass())
        .thenAccept(end -> run.record("read", end instanceof Class<?> c ? c.getSimpleName() : end))
        .thenCompose(done -> aborted)
        .thenRun(() -> run.record("aborted", context.aborted().toCompletableFuture().isDone()));
  }

  private static Scenario k145() {
    return Scenario.named("K145", "a4_anAbortIsNotThatOfAnotherRequest")
        .rules("A4")
        .pipeline(
            (app, run) -> {
              AtomicReference<CompletableFuture<Void>> first = new AtomicReference<>();
              app.run(
                  context -> {
                    CompletableFuture<Void> aborted = context.aborted().toCompletableFuture();
                    if (first.compareAndSet(null, aborted)) {
                      context.response().write("first");
                      return;
                    }
                    context.response().write("second");
                    context.response().flush();
                    context.abort();
                    run.record("first", Objects.requireNonNull(first.get()).isDone());
                    run.record("second", aborted.isDone());
                  });
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("first");
              connection.send(probe.get());
              connection.answer().isKilled();
              assertThat(probe.facts(2)).containsExactly("first=false", "second=true");
            });
  }
}
