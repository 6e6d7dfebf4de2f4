package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K4, K6, K7, K24, K25, K27: when bytes leave, and in which pieces. */
final class Buffering {

  private Buffering() {}

  static List<Scenario> scenarios() {
    return List.of(k4(), k6(), k7(), k7Async(), k24Open(), k24Length(), k25(), k27());
  }

  private static Scenario k4() {
    return Scenario.named("K4", "r23_eachUnbufferedWriteIsAChunk")
        .rules("R23")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().disableBuffering();
              context.response().write("hello, ");
              context.response().write("world");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello, world");
              assertThat(answer.chunks()).containsExactly(7, 5);
              connection.isKept();
            });
  }

  private static Scenario k6() {
    return Scenario.named("K6", "r22_waitingFlushesNothing")
        .rules("R20", "R22")
        .application(
            (context, run) -> {
              context.response().write("hello");
              run.record("written");
              run.await("go");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              probe.facts(1);
              connection.isSilent();
              probe.signal("go");
              connection.answer().hasStatus(200).hasText("hello");
            });
  }

  private static Scenario k7() {
    return Scenario.named("K7", "r21_whatIsFlushedArrivesWhileTheApplicationWaits")
        .rules("R21")
        .application(
            (context, run) -> {
              context.response().write("Hello ");
              context.response().flush();
              run.await("go");
              context.response().write("World!");
            })
        .check(Buffering::helloThenWorld);
  }

  private static Scenario k7Async() {
    return Scenario.named("K7", "r21_whatIsFlushedAsynchronouslyArrivesToo")
        .rules("R21")
        .asyncApplication(
            (context, run) ->
                context
                    .response()
                    .writeAsync("Hello ")
                    .thenCompose(ignored -> context.response().flushAsync())
                    .thenCompose(ignored -> run.awaitAsync("go"))
                    .thenCompose(ignored -> context.response().writeAsync("World!")))
        .check(Buffering::helloThenWorld);
  }

  private static void helloThenWorld(Probe probe) {
    Connection connection = probe.send(probe.get());
    assertThat(connection.head().status()).isEqualTo(200);
    assertThat(connection.content(6)).asString(StandardCharsets.UTF_8).isEqualTo("Hello ");
    probe.signal("go");
    connection.answer().hasText("Hello World!");
  }

  private static Scenario k24Open() {
    return Scenario.named("K24", "r31_aFlushedWriteOfNoBytesSendsTheHead")
        .rules("R31", "R43")
        .application(
            (context, run) -> {
              context.response().write("");
              context.response().flush();
              run.await("go");
              context.response().write("hello");
            })
        .check(Buffering::headThenHello);
  }

  private static Scenario k24Length() {
    return Scenario.named("K24", "r31_aFlushedWriteOfNoBytesSendsTheHeadWithALength")
        .rules("R31", "R43")
        .application(
            (context, run) -> {
              context.response().setContentLength(5);
              context.response().write("");
              context.response().flush();
              run.await("go");
              context.response().write("hello");
            })
        .check(Buffering::headThenHello);
  }

  private static void headThenHello(Probe probe) {
    Connection connection = probe.send(probe.get());
    assertThat(connection.head().status()).isEqualTo(200);
    probe.signal("go");
    connection.answer().hasText("hello");
    connection.isKept();
  }

  private static Scenario k25() {
    return Scenario.named("K25", "r31_anUnbufferedWriteOfNoBytesIsNoChunk")
        .rules("R31")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().disableBuffering();
              context.response().write("hello, ");
              context.response().write("");
              context.response().write("world");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasText("hello, world");
              assertThat(answer.chunks()).containsExactly(7, 5);
              connection.isKept();
            });
  }

  private static Scenario k27() {
    return Scenario.named("K27", "r25_pipelinedRequestsAreAnsweredInOrder")
        .rules("R25", "Q30")
        .needs(Capability.BYTES, Capability.HOST)
        .application((context, run) -> context.response().write(context.request().path()))
        .check(
            probe -> {
              Connection connection = probe.connect();
              for (int i = 1; i <= 3; i++) {
                Request post = probe.request("POST", "/" + i);
                connection.send(post.content("unread " + i));
              }
              for (int i = 1; i <= 3; i++) {
                connection.answer().hasStatus(200).hasText("/" + i);
              }
            });
  }
}
