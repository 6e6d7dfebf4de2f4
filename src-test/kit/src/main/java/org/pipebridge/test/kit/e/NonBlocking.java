package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.Writing;

/** K127, K137: no thread waits for the client. */
final class NonBlocking {

  private static final int LARGE = 5_000_000;

  private NonBlocking() {}

  static List<Scenario> scenarios() {
    return List.of(k127(), k127Abandoned(), k137(false), k137(true));
  }

  private static void switchOff(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
  }

  private static CompletionStage<Integer> read(HttpContext context, int count) {
    return context.request().read(ByteBuffer.allocate(count));
  }

  private static Scenario k127() {
    return Scenario.named("K127", "q24_aReadThatWaitsHoldsNoThread")
        .rules("Q24", "B11")
        .needs(Capability.BYTES, Capability.NON_BLOCKING)
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              CompletionStage<Integer> pending = read(context, 5);
              run.record("returned");
              run.attempt("second", () -> Stages.await(read(context, 5)));
              return pending.thenCompose(
                  count -> {
                    run.record("count", count);
                    return context.response().writeAsync("thanks");
                  });
            })
        .once(Writing.COMPLETED_STAGE)
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "5"));
              assertThat(probe.facts(2))
                  .containsExactly("returned", "second=IllegalStateException");
              connection.write("hello");
              connection.answer().hasStatus(200).hasText("thanks");
              assertThat(probe.facts().get(2)).isEqualTo("count=5");
              connection.isKept();
            });
  }

  private static Scenario k127Abandoned() {
    return Scenario.named("K127", "q24_theAnswerDoesNotWaitForAPendingRead")
        .rules("Q24", "C14")
        .needs(Capability.BYTES, Capability.NON_BLOCKING)
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              CompletionStage<Integer> pending = read(context, 5);
              pending.whenComplete(
                  (count, failure) -> run.record("read", failure.getClass().getSimpleName()));
              return context.response().writeAsync("late");
            })
        .once(Writing.COMPLETED_STAGE)
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "5"));
              connection.answer().hasStatus(200).hasText("late");
              assertThat(probe.facts(1)).containsExactly("read=IllegalStateException");
            });
  }

  private static Scenario k137(boolean blocking) {
    return Scenario.named(
            "K137", "b16_aPublisherIsWrittenBack" + (blocking ? "" : "WithoutBlocking"))
        .rules("B16", "R53", "B11")
        .needs(Capability.BYTES)
        .asyncApplication(
            (context, run) -> {
              if (!blocking) {
                switchOff(context);
              }
              HttpRequestBodyFeature request =
                  context.features().require(HttpRequestBodyFeature.class);
              return context
                  .features()
                  .require(HttpResponseBodyFeature.class)
                  .writeAll(request.publisher());
            })
        .once(Writing.COMPLETED_STAGE)
        .check(
            probe -> {
              byte[] content = new byte[LARGE];
              new Random(137).nextBytes(content);
              RawConnection connection = probe.socket();
              connection.send(
                  probe.request("POST", "/").header("Content-Length", Integer.toString(LARGE)));
              Thread writer = new Thread(() -> connection.write(content), "kit-client K137 writer");
              writer.setDaemon(true);
              writer.start();
              byte[] echo = connection.answer().hasStatus(200).isWhole().body();
              assertThat(Arrays.mismatch(echo, content)).as("first difference").isEqualTo(-1);
              writer.join();
            });
  }
}
