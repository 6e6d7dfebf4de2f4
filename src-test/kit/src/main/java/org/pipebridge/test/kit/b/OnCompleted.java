package org.pipebridge.test.kit.b;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.List;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K48 to K51, K55: callbacks after the end of the response, and the order of the end. */
final class OnCompleted {

  private OnCompleted() {}

  static List<Scenario> scenarios() {
    return List.of(k48(), k49(true), k49(false), k50(), k51(), k55(), k55Failing());
  }

  private static Scenario k48() {
    return Scenario.named("K48", "r7_callbacksThatFailHurtNobody")
        .rules("R7", "E11")
        .application(
            (context, run) -> {
              for (String name : List.of("first", "second")) {
                context
                    .response()
                    .onCompleted(
                        () -> {
                          run.record(name);
                          throw new UnsupportedOperationException(name);
                        });
              }
              context.response().write("hello");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("hello");
              assertThat(probe.facts(2)).containsExactly("second", "first");
              probe.logged(Level.ERROR, 2);
              connection.send(probe.get());
              connection.answer().hasStatus(200).hasText("hello");
              probe.logged(Level.ERROR, 4);
              connection.isKept();
            });
  }

  private static Scenario k49(boolean length) {
    return Scenario.named("K49", "r7_theAnswerIsWholeBefore" + (length ? "" : "AlsoInChunks"))
        .rules("R7")
        .application(
            (context, run) -> {
              context
                  .response()
                  .onCompleted(
                      () -> {
                        run.await("received");
                        run.record("completed");
                      });
              if (length) {
                context.response().setContentLength(5);
              }
              context.response().write("he");
              context.response().flush();
              context.response().write("llo");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("hello");
              assertThat(probe.facts()).isEmpty();
              probe.signal("received");
              assertThat(probe.facts(1)).containsExactly("completed");
              connection.isKept();
            });
  }

  private static Scenario k50() {
    return Scenario.named("K50", "c13_theHeadCanBeReadAndTheBodyCannot")
        .rules("C13", "R50", "R7")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.setStatus(202);
              response.headers().set("X-Seen", "yes");
              response.onCompleted(
                  () -> {
                    run.record("status", response.status());
                    run.record("header", response.headers().first("X-Seen"));
                    run.attempt("write", () -> response.write("late"));
                    run.attempt("flush", response::flush);
                    run.attempt("read", () -> run.record("got", context.request().body().read()));
                  });
              response.write("hello");
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(202).hasText("hello");
              assertThat(probe.facts(5))
                  .containsExactly(
                      "status=202",
                      "header=yes",
                      "write=IllegalStateException",
                      "flush=IllegalStateException",
                      "read=IllegalStateException");
            });
  }

  private static Scenario k51() {
    return Scenario.named("K51", "c11_resourcesAreClosedAfterTheAnswerLastFirst")
        .rules("C11", "R7")
        .application(
            (context, run) -> {
              context.response().closeAtEnd(() -> run.record("a closed"));
              context
                  .response()
                  .closeAtEnd(
                      () -> {
                        run.await("answered");
                        run.record("b closed");
                      });
              throw new IllegalStateException("application failed");
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              probe.signal("answered");
              assertThat(probe.facts(2)).containsExactly("b closed", "a closed");
            });
  }

  private static Scenario k55() {
    return Scenario.named("K55", "r6_theStepsOfARequestHaveOneOrder")
        .rules("R6", "S3")
        .needs(Capability.DISPOSAL)
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(() -> run.record("starting"));
              response.onCompleted(
                  () -> {
                    run.attempt("body", () -> response.write("late"));
                    run.record("completed", response.status());
                  });
              response.setStatus(202);
              run.record("application");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(202);
              assertThat(probe.timeline(1))
                  .containsExactly(
                      "~create",
                      "~process",
                      "application",
                      "starting",
                      "body=IllegalStateException",
                      "completed=202",
                      "~dispose=none");
              connection.isKept();
              assertThat(probe.timeline(1)).filteredOn(s -> s.startsWith("~dispose")).hasSize(1);
            });
  }

  private static Scenario k55Failing() {
    return Scenario.named("K55", "r9_aFailureIsSeenAs500AndDisposed")
        .rules("R6", "R9", "R4", "E8")
        .needs(Capability.DISPOSAL)
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.onStarting(() -> run.record("starting"));
              response.onCompleted(() -> run.record("completed", response.status()));
              response.setStatus(202);
              throw new IllegalStateException("application failed");
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              assertThat(probe.timeline(1))
                  .containsExactly(
                      "~create",
                      "~process",
                      "completed=500",
                      "~dispose=IllegalStateException: application failed");
            });
  }
}
