package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Scenario;

/** K1, K4, K7, K20: framing where blocking is switched off. */
final class WithoutBlocking {

  private static final String TEXT = "hello, world";

  private WithoutBlocking() {}

  static List<Scenario> scenarios() {
    return List.of(k1(), k4(), k7(), k20());
  }

  private static void switchOff(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
  }

  private static Scenario k1() {
    return Scenario.named("K1", "r26_nothingWrittenWithoutBlockingIsAnEmptyAnswer")
        .rules("R26", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              return context.response().startAsync();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("").isWhole();
              connection.isKept();
            });
  }

  private static Scenario k4() {
    return Scenario.named("K4", "r23_unbufferedWritesWithoutBlockingAreChunks")
        .rules("R23", "B11")
        .needs(Capability.BYTES)
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              context.response().disableBuffering();
              return context
                  .response()
                  .writeAsync("hello, ")
                  .thenCompose(ignored -> context.response().writeAsync("world"));
            })
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.get());
              connection.answer().hasStatus(200).hasText(TEXT).isWhole();
              connection.isKept();
            });
  }

  private static Scenario k7() {
    return Scenario.named("K7", "r21_aFlushWithoutBlockingReachesTheClient")
        .rules("R21", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              return context
                  .response()
                  .writeAsync("Hello ")
                  .thenCompose(ignored -> context.response().flushAsync())
                  .thenCompose(ignored -> run.awaitAsync("go"))
                  .thenCompose(ignored -> context.response().writeAsync("World!"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(new String(connection.content(6), StandardCharsets.UTF_8))
                  .isEqualTo("Hello ");
              probe.signal("go");
              connection.answer().hasStatus(200).hasText("Hello World!").isWhole();
              connection.isKept();
            });
  }

  private static Scenario k20() {
    return Scenario.named("K20", "r32_headSendsNoContentWithoutBlocking")
        .rules("R32", "B11")
        .asyncApplication(
            (context, run) -> {
              switchOff(context);
              context.response().setContentLength(TEXT.length());
              return context.response().writeAsync(TEXT);
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              connection
                  .answer()
                  .hasStatus(200)
                  .hasText("")
                  .hasHeader("Content-Length", Integer.toString(TEXT.length()));
              connection.isKept();
            });
  }
}
