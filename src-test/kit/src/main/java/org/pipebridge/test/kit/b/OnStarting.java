package org.pipebridge.test.kit.b;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K42, K44 to K47: callbacks right before the start. */
final class OnStarting {

  private OnStarting() {}

  static List<Scenario> scenarios() {
    return List.of(k42(), k44(true), k44(false), k45(), k46(), k47());
  }

  private static Scenario k42() {
    return Scenario.named("K42", "r3_callbacksRunLastInFirstOut")
        .rules("R3", "R7")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(() -> response.headers().add("X-Order", "first"));
              response.onStarting(() -> response.headers().add("X-Order", "second"));
              response.onCompleted(() -> run.record("first completed"));
              response.onCompleted(() -> run.record("second completed"));
              response.write("hello");
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(200).hasText("hello");
              assertThat(answer.head().values("X-Order")).containsExactly("second", "first");
              assertThat(probe.facts(2)).containsExactly("second completed", "first completed");
            });
  }

  private static Scenario k44(boolean writes) {
    return Scenario.named("K44", "r3_aCallbackChangesTheHead" + (writes ? "" : "OfNoContent"))
        .rules("R3")
        .application(
            (context, run) -> {
              context
                  .response()
                  .onStarting(
                      () -> {
                        run.record("ran");
                        context.response().setStatus(201);
                        context.response().headers().set("X-Late", "yes");
                      });
              if (writes) {
                context.response().write("hello");
              }
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(201);
              answer.hasText(writes ? "hello" : "").hasHeader("X-Late", "yes");
              assertThat(probe.facts()).containsExactly("ran");
            });
  }

  private static Scenario k45() {
    return Scenario.named("K45", "r3_callbacksAreAwaitedAndMayRegisterMore")
        .rules("R3")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(
                  () -> {
                    response.headers().add("X-Order", "second");
                    response.onStarting(() -> response.headers().add("X-Order", "third"));
                  });
              response.onStartingAsync(
                  () ->
                      CompletableFuture.runAsync(
                          () -> response.headers().add("X-Order", "first"),
                          CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)));
              response.write("hello");
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(200).hasText("hello");
              assertThat(answer.head().values("X-Order"))
                  .containsExactly("first", "second", "third");
            });
  }

  private static Scenario k46() {
    return Scenario.named("K46", "r5_aFailedCallbackDoomsTheResponse")
        .rules("R5")
        .application(OnStarting::swallowTheFailureOfACallback)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts())
                  .containsExactly(
                      "flush=IllegalStateException",
                      "cause=java.lang.UnsupportedOperationException: callback",
                      "write=IllegalStateException");
              probe.isKeptByHost(connection);
              probe.ask(probe.get()).isEmpty500();
            });
  }

  private static void swallowTheFailureOfACallback(HttpContext context, Run run) {
    HttpResponse response = context.response();
    response.headers().set("X-App", "x");
    response.onStarting(() -> run.record("first ran"));
    response.onStarting(
        () -> {
          throw new UnsupportedOperationException("callback");
        });
    @Nullable Throwable thrown = run.attempt("flush", response::flush);
    run.record("cause", thrown == null ? null : thrown.getCause());
    run.attempt("write", () -> response.write("hello"));
  }

  private static Scenario k47() {
    return Scenario.named("K47", "r5_aCallbackThatFailsAtTheEndMakesAnEmpty500")
        .rules("R5", "R7")
        .application(
            (context, run) -> {
              context.response().headers().set("X-App", "x");
              context.response().onCompleted(() -> run.record("completed"));
              context
                  .response()
                  .onStarting(
                      () -> {
                        throw new UnsupportedOperationException("callback");
                      });
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              assertThat(probe.facts(1)).containsExactly("completed");
            });
  }
}
