package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K110, K112, K131, K134: content is read to its end, and not beyond. */
final class ToTheEnd {

  private static final int LARGE = 10_000_000;

  private ToTheEnd() {}

  static List<Scenario> scenarios() {
    return List.of(
        k110(Reading.BLOCKING),
        k110(Reading.ASYNC),
        k110(Reading.NON_BLOCKING),
        k110Pipelined(Reading.BLOCKING),
        k110Pipelined(Reading.ASYNC),
        k110Pipelined(Reading.NON_BLOCKING),
        k110Empty(Reading.BLOCKING),
        k110Empty(Reading.ASYNC),
        k110Empty(Reading.NON_BLOCKING),
        k112(),
        k131(Reading.BLOCKING),
        k131(Reading.ASYNC),
        k131(Reading.NON_BLOCKING),
        k134());
  }

  private static CompletionStage<Void> readOn(HttpContext context, Run run, Reading reading)
      throws Exception {
    CompletionStage<String> text = reading.text(context);
    return text.thenCompose(
        all -> {
          run.record("content", all);
          return again(context, run, reading).thenCompose(x -> again(context, run, reading));
        });
  }

  private static CompletionStage<Void> again(HttpContext context, Run run, Reading reading) {
    try {
      return reading.once(context).thenAccept(count -> run.record("again", count));
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Scenario k110(Reading reading) {
    return Scenario.named("K110", "q20_theEndIsReadAgainAndAgain" + reading.suffix())
        .rules("Q20")
        .asyncApplication((context, run) -> readOn(context, run, reading))
        .once(reading.writing())
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("POST", "/").content("hello world"));
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("content=hello world", "again=-1", "again=-1");
              connection.isKept();
            });
  }

  private static Scenario k110Pipelined(Reading reading) {
    return Scenario.named("K110", "q20_theEndIsNotThatOfThePipelinedRequest" + reading.suffix())
        .rules("Q20", "Q30")
        .needs(Capability.BYTES)
        .asyncApplication((context, run) -> readOn(context, run, reading))
        .once(reading.writing())
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.sendTogether(
                  probe.request("POST", "/").content("hello"),
                  probe.request("POST", "/").content("world"),
                  probe.get());
              for (int i = 0; i < 3; i++) {
                connection.answer().isEmpty(200);
              }
              String again = "again=-1";
              assertThat(probe.facts())
                  .containsExactly(
                      "content=hello",
                      again,
                      again,
                      "content=world",
                      again,
                      again,
                      "content=",
                      again,
                      again);
              connection.isKept();
            });
  }

  private static Scenario k110Empty(Reading reading) {
    return Scenario.named("K110", "q20_noContentEndsAtOnce" + reading.suffix())
        .rules("Q20")
        .asyncApplication((context, run) -> readOn(context, run, reading))
        .once(reading.writing())
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(200);
              assertThat(probe.facts()).containsExactly("content=", "again=-1", "again=-1");
              connection.isKept();
            });
  }

  private static Scenario k112() {
    String framed = "5;a=b\r\nhello\r\n1;c=\"d;e\"\r\n!\r\n0;f\r\n\r\n";
    return Scenario.named("K112", "q20_chunkExtensionsAreNoContent")
        .rules("Q20")
        .needs(Capability.BYTES)
        .asyncApplication((context, run) -> readOn(context, run, Reading.BLOCKING))
        .once()
        .check(
            probe -> {
              Request request =
                  probe
                      .request("POST", "/")
                      .header("Transfer-Encoding", "chunked")
                      .body(framed.getBytes(StandardCharsets.UTF_8));
              Connection connection = probe.send(request);
              connection.answer().isEmpty(200);
              assertThat(probe.facts()).containsExactly("content=hello!", "again=-1", "again=-1");
              connection.isKept();
            });
  }

  private static Scenario k131(Reading reading) {
    return Scenario.named("K131", "q20_tenMegabytesArrive" + reading.suffix())
        .rules("Q20", "B11")
        .asyncApplication(
            (context, run) -> {
              AtomicLong count = new AtomicLong();
              return reading
                  .each(
                      context,
                      piece -> {
                        count.addAndGet(piece.remaining());
                        return CompletableFuture.completedStage(null);
                      })
                  .thenRun(() -> run.record("count", count));
            })
        .once(reading.writing())
        .check(
            probe -> {
              Answer answer = probe.ask(probe.request("POST", "/").content(new byte[LARGE]));
              if (answer.status() == 413 && !probe.can(Capability.HOST)) {
                return; // the container's own limit is smaller (L7)
              }
              answer.isEmpty(200);
              assertThat(probe.facts()).containsExactly("count=" + LARGE);
            });
  }

  private static Scenario k134() {
    return Scenario.named("K134", "c12_contentCannotBeReadAfterTheEnd")
        .rules("C12")
        .application(
            (context, run) -> {
              InputStream stream = context.request().body();
              HttpRequest request = context.request();
              Thread leaked =
                  new Thread(
                      () -> {
                        run.attempt("signal", () -> run.await("again"));
                        run.attempt("end", () -> run.awaitEnd(context));
                        run.attempt("stream", () -> stream.read());
                        run.attempt("available", () -> stream.available());
                        run.attempt("body", () -> request.body());
                        run.attempt("read", () -> readOnce(request));
                      },
                      "leaked");
              leaked.setDaemon(true);
              leaked.start();
            })
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("POST", "/").content("hello"));
              connection.answer().isEmpty(200);
              connection.isKept(); // so the container has used its objects again
              probe.signal("again");
              assertThat(probe.facts(6))
                  .containsExactly(
                      "signal=ok",
                      "end=ok",
                      "stream=IllegalStateException",
                      "available=IllegalStateException",
                      "body=IllegalStateException",
                      "read=IllegalStateException");
            });
  }

  private static void readOnce(HttpRequest request) throws Exception {
    Stages.await(request.read(ByteBuffer.allocate(1)));
  }
}
