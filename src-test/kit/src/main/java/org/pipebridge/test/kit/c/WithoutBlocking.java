package org.pipebridge.test.kit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Scenario;

/** K60 to K64: failures where blocking is switched off. */
final class WithoutBlocking {

  private WithoutBlocking() {}

  static List<Scenario> scenarios() {
    return List.of(k60(), k61(true), k61(false), k62(), k63(), k64());
  }

  private static void switchOff(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
  }

  private static CompletionStage<Void> writeAndFlush(HttpContext context) {
    return context
        .response()
        .writeAsync("hello")
        .thenCompose(ignored -> context.response().flushAsync());
  }

  private static CompletionStage<Void> fail() {
    return CompletableFuture.failedStage(new IllegalStateException("application failed"));
  }

  private static void isBrokenOff(Probe probe) {
    Answer answer = probe.ask(probe.get()).hasStatus(200).isKilled();
    assertThat(answer.text()).isEqualTo("hello");
  }

  private static Scenario k60() {
    return Scenario.named("K60", "r12_aFailureWithoutBlockingBeforeTheStartIsAnEmpty500")
        .rules("R12", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              return context.request().read(ByteBuffer.allocate(8)).thenCompose(n -> fail());
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("POST", "/").content("hello"));
              connection.answer().isEmpty500();
              probe.isKeptByHost(connection);
            });
  }

  private static Scenario k61(boolean length) {
    String message = length ? "aMessageWithALength" : "anOpenMessage";
    return Scenario.named("K61", "r11_" + message + "ThatFailsWithoutBlockingIsKilled")
        .rules("R11", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              if (length) {
                context.response().setContentLength(11);
              }
              return writeAndFlush(context).thenCompose(ignored -> fail());
            })
        .check(WithoutBlocking::isBrokenOff);
  }

  private static Scenario k62() {
    return Scenario.named("K62", "r11_aFailureWithoutBlockingWhileNothingHasLeftIsAnEmpty500")
        .rules("R11", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              context.response().headers().set("X-App", "1");
              return context.response().writeAsync("hello").thenCompose(ignored -> fail());
            })
        .check(probe -> probe.ask(probe.get()).isEmpty500());
  }

  private static Scenario k63() {
    return Scenario.named("K63", "r40_contentBeyondTheLengthIsRefusedWithoutBlocking")
        .rules("R40", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              context.response().setContentLength(8);
              return writeAndFlush(context)
                  .thenCompose(ignored -> context.response().writeAsync("world"));
            })
        .check(WithoutBlocking::isBrokenOff);
  }

  private static Scenario k64() {
    return Scenario.named("K64", "r43_contentShortOfTheLengthIsKilledWithoutBlocking")
        .rules("R43", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              context.response().setContentLength(11);
              return writeAndFlush(context);
            })
        .check(WithoutBlocking::isBrokenOff);
  }
}
