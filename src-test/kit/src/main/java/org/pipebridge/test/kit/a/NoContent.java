package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K15, K16, K17, K22, K23: statuses that have no content. */
final class NoContent {

  private NoContent() {}

  static List<Scenario> scenarios() {
    return List.of(k15(204), k15(205), k15(304), k16(), k17(), k22(), k23());
  }

  private static Scenario k15(int status) {
    return Scenario.named("K15", "r26_anAnswerOf" + status + "HasNoContent")
        .rules("R26")
        .application((context, run) -> context.response().setStatus(status))
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(status).hasText("");
              answer.hasNo("Transfer-Encoding");
              if (status == 205) {
                answer.hasHeader("Content-Length", "0");
              } else {
                answer.hasNo("Content-Length");
              }
              connection.isKept();
            });
  }

  private static Scenario k16() {
    return Scenario.named("K16", "r33_anAnswerOf304MayTellTheLengthItWouldHave")
        .rules("R33", "R44")
        .application(
            (context, run) -> {
              context.response().setStatus(304);
              context.response().setContentLength(42);
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(304).hasText("");
              if (probe.can(Capability.HOST)) {
                answer.hasHeader("Content-Length", "42");
              } else { // some containers drop it
                assertThat(answer.header("Content-Length")).isIn("42", null);
              }
              probe.loggedNothing();
              connection.isKept();
            });
  }

  private static Scenario k17() {
    return Scenario.named("K17", "r33_anAnswerOf204WithALengthFails")
        .rules("R33")
        .application(
            (context, run) -> {
              context.response().setStatus(204);
              context.response().setContentLength(5);
            })
        .check(probe -> probe.ask(probe.get()).isEmpty500());
  }

  private static Scenario k22() {
    return Scenario.named("K22", "r33_aRefusedWriteOn204LeavesTheResponseOpen")
        .rules("R33")
        .application(NoContent::tryToWriteOn204)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("x");
              assertThat(probe.facts())
                  .containsExactly(
                      "byte=IllegalStateException",
                      "nothing=IllegalStateException",
                      "async byte=IllegalStateException",
                      "async nothing=IllegalStateException",
                      "started=false");
              connection.isKept();
            });
  }

  private static void tryToWriteOn204(HttpContext context, Run run) throws Exception {
    var response = context.response();
    response.setStatus(204);
    run.attempt("byte", () -> response.write("x"));
    run.attempt("nothing", () -> response.write(new byte[0]));
    run.attempt("async byte", () -> Stages.await(response.writeAsync("x")));
    run.attempt("async nothing", () -> Stages.await(response.writeAsync(ByteBuffer.allocate(0))));
    run.record("started", response.hasStarted());
    response.setStatus(200);
    response.write("x");
  }

  private static Scenario k23() {
    return Scenario.named("K23", "r33_anEscapingWriteOn204IsAFailure")
        .rules("R33", "R12")
        .application(
            (context, run) -> {
              context.response().setStatus(204);
              context.response().write("x");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              probe.isKeptByHost(connection);
            });
  }
}
