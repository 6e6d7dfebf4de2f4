package org.pipebridge.test.kit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K63, K64, K65: content that is longer or shorter than was declared. */
final class Lengths {

  private Lengths() {}

  static List<Scenario> scenarios() {
    return List.of(
        k63First(), k63Flushed(), k64Flushed(), k64(), k64Complete(), k65(false), k65(true));
  }

  private static Scenario k63First() {
    return Scenario.named("K63", "r40_tooMuchInTheFirstWriteIsAnEmpty500")
        .rules("R40")
        .application(
            (context, run) -> {
              context.response().setContentLength(5);
              run.attempt("write", () -> context.response().write("hello, world"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts()).containsExactly("write=IllegalStateException");
              probe.isClosedByHost(connection);
            });
  }

  private static Scenario k63Flushed() {
    return Scenario.named("K63", "r40_tooMuchAfterAFlushBreaksTheMessage")
        .rules("R40")
        .application(
            (context, run) -> {
              HttpResponse response = context.response();
              response.setContentLength(11);
              response.write("hello,");
              response.flush();
              run.await("received");
              run.attempt("write", () -> response.write(" world"));
              run.attempt("again", () -> response.write("x"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(connection.content(6))
                  .asString(StandardCharsets.UTF_8)
                  .isEqualTo("hello,");
              probe.signal("received");
              Answer answer = connection.answer().hasStatus(200).isKilled();
              assertThat(answer.text()).isEqualTo("hello,");
              assertThat(probe.facts(2))
                  .containsExactly("write=IllegalStateException", "again=IllegalStateException");
            });
  }

  private static Scenario k64Flushed() {
    return Scenario.named("K64", "r43_tooLittleAfterAFlushBreaksTheMessage")
        .rules("R43")
        .application(
            (context, run) -> {
              context.response().setContentLength(13);
              context.response().write("hello, world");
              context.response().flush();
              run.await("received");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(connection.content(12)).hasSize(12);
              probe.signal("received");
              Answer answer = connection.answer().hasStatus(200).isKilled();
              assertThat(answer.text()).isEqualTo("hello, world");
              probe.logged(Level.WARNING, 1);
              probe.logged(Level.ERROR, 0);
            });
  }

  private static Scenario k64() {
    return Scenario.named("K64", "r43_tooLittleThatHasNotLeftIsAnEmpty500")
        .rules("R43")
        .application(
            (context, run) -> {
              context.response().setContentLength(13);
              context.response().write("hello, world");
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              probe.logged(Level.WARNING, 1);
              probe.logged(Level.ERROR, 0);
            });
  }

  private static Scenario k64Complete() {
    return Scenario.named("K64", "r10_completeTellsThatThereIsTooLittle")
        .rules("R43", "R10")
        .application(
            (context, run) -> {
              context.response().setContentLength(13);
              context.response().write("hello, world");
              run.attempt("complete", context.response()::complete);
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              assertThat(probe.facts()).containsExactly("complete=IllegalStateException");
            });
  }

  private static Scenario k65(boolean flushes) {
    return Scenario.named("K65", "r27_aLengthOf0" + (flushes ? "Flushed" : "") + "IsNormal")
        .rules("R27")
        .application(
            (context, run) -> {
              context.response().setContentLength(0);
              if (flushes) {
                context.response().flush();
              }
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(200);
              connection.isKept();
            });
  }
}
