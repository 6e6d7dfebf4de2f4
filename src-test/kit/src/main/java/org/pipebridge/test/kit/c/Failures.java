package org.pipebridge.test.kit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K60, K61, K62, K67, K70: what a client sees of an application that fails. */
final class Failures {

  private Failures() {}

  static List<Scenario> scenarios() {
    return List.of(
        k60(),
        k60Closing(),
        k61("TheMessageWithALength", true, false),
        k61("TheOpenMessage", false, false),
        k61("TheOpenMessageIfNobodyUpgrades", false, true),
        k62(true),
        k62(false),
        k67(),
        k70());
  }

  private static void setHeadersAndFail(HttpContext context, Run run) {
    context.response().setStatus(201);
    context.response().setContentLength(11);
    context.response().setContentType("text/plain");
    context.response().headers().set("X-App", "x");
    context.response().cookies().append("app", "x");
    throw new IllegalStateException("application failed");
  }

  private static Scenario k60() {
    return Scenario.named("K60", "r12_aFailureBeforeTheStartIsAnEmpty500")
        .rules("R12", "E11")
        .application(Failures::setHeadersAndFail)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              probe.isKeptByHost(connection);
              probe.logged(Level.ERROR, 1);
            });
  }

  private static Scenario k60Closing() {
    return Scenario.named("K60", "r12_anEmpty500ClosesWhenTheClientAsks")
        .rules("R12", "R25")
        .needs(Capability.BYTES)
        .application(Failures::setHeadersAndFail)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get().header("Connection", "close"));
              connection.answer().isEmpty500().hasHeader("Connection", "close");
              connection.isClosed();
            });
  }

  private static Scenario k61(String message, boolean length, boolean upgrade) {
    return Scenario.named("K61", "r11_aFailureAfterAFlushBreaks" + message)
        .rules("R11", "R43")
        .application(
            (context, run) -> {
              if (length) {
                context.response().setContentLength(11);
              }
              context.response().write("hello");
              context.response().flush();
              run.await("received");
              throw new IllegalStateException("application failed");
            })
        .check(
            probe -> {
              Request get = probe.get();
              Connection connection = probe.send(upgrade ? get.upgrade("nothing") : get);
              assertThat(connection.head().status()).isEqualTo(200);
              assertThat(connection.content(5)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
              probe.signal("received");
              Answer answer = connection.answer().isKilled();
              assertThat(answer.text()).isEqualTo("hello");
            });
  }

  private static Scenario k62(boolean length) {
    String fact = length ? "WithALength" : "WithoutALength";
    return Scenario.named("K62", "r11_whatHasNotLeftIsReplacedByAnEmpty500" + fact)
        .rules("R11", "R3")
        .application(
            (context, run) -> {
              context.response().onStarting(() -> run.record("starting"));
              context.response().headers().set("X-App", "x");
              if (length) {
                context.response().setContentLength(11);
              }
              context.response().write("hello");
              throw new IllegalStateException("application failed");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              assertThat(probe.facts()).containsExactly("starting");
              probe.isKeptByHost(connection);
              probe.ask(probe.get()).isEmpty500();
            });
  }

  private static Scenario k67() {
    return Scenario.named("K67", "e10_aClientLearnsNothingOfAFailure")
        .rules("E10", "R12")
        .application(
            (context, run) -> {
              throw new IllegalStateException("secret");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get().header("Accept", "text/html"));
              connection.answer().isEmpty500();
              assertThat(connection.seen()).doesNotContain("secret");
            });
  }

  private static Scenario k70() {
    return Scenario.named("K70", "r16_anErrorIsAFailureToo")
        .rules("R16", "S6")
        .application(
            (context, run) -> {
              throw new StackOverflowError("thrown by the application");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty500();
              probe.isKeptByHost(connection);
              probe.ask(probe.get()).isEmpty500();
            });
  }
}
