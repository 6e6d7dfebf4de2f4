package org.pipebridge.test.kit.b;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K40, K41, K52, K53, K54: what can be done before and after the start, and after the end. */
final class Started {

  private Started() {}

  static List<Scenario> scenarios() {
    return List.of(k40(), k41(), k52(), k53(), k54(), k54WithoutBlocking());
  }

  private static Scenario k40() {
    return Scenario.named("K40", "r2_afterTheStartStatusAndHeadersAreFinal")
        .rules("R2", "V6")
        .application(
            (context, run) -> {
              context.response().setStatus(202);
              context.response().headers().set("X-First", "1");
              context.response().flush();
              changeEverything(context, run);
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(202).isWhole();
              answer.hasHeader("X-First", "1").hasNo("X-Late", "Set-Cookie", "Location");
              assertThat(probe.facts())
                  .hasSize(14)
                  .allSatisfy(fact -> assertThat(fact).endsWith("=IllegalStateException"));
            });
  }

  private static void changeEverything(HttpContext context, Run run) {
    HttpResponse response = context.response();
    run.attempt("status", () -> response.setStatus(201));
    run.attempt("set", () -> response.headers().set("X-Late", "x"));
    run.attempt("set list", () -> response.headers().set("X-Late", List.of("x")));
    run.attempt("set empty list", () -> response.headers().set("X-First", List.of()));
    run.attempt("add", () -> response.headers().add("X-Late", "x"));
    run.attempt("remove", () -> response.headers().remove("X-First"));
    run.attempt("clear headers", () -> response.headers().clear());
    run.attempt("length", () -> response.setContentLength(5));
    run.attempt("no length", response::removeContentLength);
    run.attempt("append", () -> response.headers().appendCommaSeparated("X-Late", "x"));
    run.attempt("type", () -> response.setContentType("text/plain"));
    run.attempt("cookie", () -> response.cookies().append("late", "x"));
    run.attempt("redirect", () -> response.redirect("/elsewhere"));
    run.attempt("clear", response::clear);
  }

  private static Scenario k41() {
    return Scenario.named("K41", "r2_onStartingIsRefusedAfterTheStart")
        .rules("R2")
        .application(
            (context, run) -> {
              context.response().write("hello");
              context.response().flush();
              run.attempt(
                  "onStarting", () -> context.response().onStarting(() -> run.record("ran")));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(200).hasText("hello");
              assertThat(probe.facts()).containsExactly("onStarting=IllegalStateException");
            });
  }

  private static Scenario k52() {
    return Scenario.named("K52", "r1_hasStartedTurnsTrueAfterTheCallbacks")
        .rules("R1")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(() -> run.record("in callback", response.hasStarted()));
              run.record("before", response.hasStarted());
              response.write("hello");
              run.record("after", response.hasStarted());
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(200).hasText("hello");
              assertThat(probe.facts())
                  .containsExactly("before=false", "in callback=false", "after=true");
            });
  }

  private static Scenario k53() {
    return Scenario.named("K53", "r8_startFreezesTheHeadersAndRunsOnce")
        .rules("R8", "R2")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(() -> run.record("callback"));
              response.start();
              run.attempt("header", () -> response.headers().set("X-Late", "x"));
              run.record("again", response.startAsync().toCompletableFuture().isDone());
              response.write("hello");
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(200).hasText("hello");
              answer.hasNo("X-Late");
              assertThat(probe.facts())
                  .containsExactly("callback", "header=IllegalStateException", "again=true");
            });
  }

  private static Scenario k54() {
    return Scenario.named("K54", "r10_aCompletedResponseIsWholeWhileTheApplicationRuns")
        .rules("R10")
        .application(
            (context, run) -> {
              context.response().write("hello");
              context.response().complete();
              run.await("received");
              run.attempt("write", () -> context.response().write("more"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("hello");
              probe.signal("received");
              connection.isKept();
              assertThat(probe.facts(1)).containsExactly("write=IllegalStateException");
            });
  }

  private static Scenario k54WithoutBlocking() {
    return Scenario.named("K54", "r10_completeWithoutBlockingEndsTheMessage")
        .rules("R10", "B11")
        .asyncApplication(
            (context, run) -> {
              context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
              return context
                  .response()
                  .writeAsync("whole")
                  .thenCompose(ignored -> context.response().completeAsync())
                  .thenCompose(ignored -> run.awaitAsync("go"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("whole").isWhole();
              probe.signal("go");
              connection.isKept();
            });
  }
}
