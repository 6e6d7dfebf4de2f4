package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.server.ServerOptions;

/** The order of an exchange, and its failures (R6, R9 to R16, S3, S4, E8, E9, E12, A6, F22). */
final class ExchangeRunTest {

  private static final RuntimeException BROKEN = new UnsupportedOperationException("broken");

  @Test
  void r26_nothingWrittenIsAnEmptyAnswerWithLengthZero() {
    Trial trial = Trial.run(context -> {});
    assertThat(trial.transport.events).containsExactly("begin 200 length=0", "end", "finished");
    assertThat(trial.transport.outcome).isEqualTo(Outcome.SENT);
    assertThat(trial.disposedWith()).isEqualTo("none");
  }

  @Test
  void r6_stepsFollowInOrder() {
    List<String> seen = new ArrayList<>();
    RecordingTransport transport = new RecordingTransport();
    Trial trial =
        Trial.run(
            transport,
            context -> {
              context.response().onStarting(() -> seen.add("starting " + transport.events));
              context.response().onCompleted(() -> seen.add("completed " + transport.events));
            });
    assertThat(seen).containsExactly("starting []", "completed [begin 200 length=0, end]");
  }

  @Test
  void r12_failureBeforeTheStartDropsAllHeaders() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().headers().set("X-A", "1");
              context.response().setStatus(201);
              throw BROKEN;
            });
    assertThat(trial.transport.events).containsExactly("begin 500 length=0", "end", "finished");
    assertThat(trial.disposedWith()).isSameAs(BROKEN);
    assertThat(trial.statusAtEnd).isEqualTo(500);
  }

  @Test
  void r11_failureAfterAWriteThrowsTheBufferAway() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().write("hello");
              throw BROKEN;
            });
    assertThat(trial.transport.events)
        .containsExactly("begin 200", "reset", "begin 500 length=0", "end", "finished");
    assertThat(trial.transport.sent()).isEmpty();
    assertThat(trial.transport.outcome).isEqualTo(Outcome.SENT);
  }

  @Test
  void r11_failureAfterAFlushKills() {
    RecordingTransport transport = new RecordingTransport();
    Trial trial =
        Trial.run(
            transport,
            context -> {
              context.response().onCompleted(() -> transport.events.add("completed"));
              context.response().write("hello");
              context.response().flush();
              throw BROKEN;
            });
    assertThat(trial.transport.events)
        .containsExactly("begin 200", "flush", "completed", "finished");
    assertThat(trial.transport.outcome).isEqualTo(Outcome.KILL);
  }

  @Test
  void r13_failureAfterCompleteLeavesTheAnswerWhole() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().write("hello");
              context.response().complete();
              throw BROKEN;
            });
    assertThat(trial.transport.events).containsExactly("begin 200", "end", "finished");
    assertThat(trial.transport.outcome).isEqualTo(Outcome.SENT_THEN_CLOSE);
    assertThat(trial.disposedWith()).isSameAs(BROKEN);
  }

  @Test
  void r14_badRequestAnswersWithItsStatusAndCloses() {
    Trial trial =
        Trial.run(
            context -> {
              throw new BadHttpRequestException(413, "too much");
            });
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 413 length=0 close");
    assertThat(trial.statusAtEnd).isEqualTo(413);
  }

  @Test
  void r16_anErrorIsAnsweredAndKept() {
    StackOverflowError error = new StackOverflowError();
    Trial trial =
        Trial.run(
            context -> {
              throw error;
            });
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 500 length=0");
    assertThat(trial.disposedWith()).isSameAs(error);
  }

  @Test
  void e8_failuresOfStagesAreUnwrappedOnce() {
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> CompletableFuture.failedFuture(new CompletionException(BROKEN)));
    assertThat(trial.disposedWith()).isSameAs(BROKEN);
  }

  @Test
  void e9_laterFailuresAreSuppressedOnes() {
    RuntimeException first = new IllegalArgumentException("first");
    Trial trial =
        Trial.run(
            context -> {
              context.response().onStarting(() -> sneak(BROKEN));
              assertThatThrownBy(() -> context.response().flush())
                  .isInstanceOf(IllegalStateException.class)
                  .hasCause(BROKEN);
              throw first;
            });
    assertThat(trial.disposedWith()).isSameAs(first);
    assertThat(first.getSuppressed()).containsExactly(BROKEN);
  }

  @Test
  void e12_ioFailureOfAnAbortedRequestIsNone() {
    Trial trial =
        Trial.run(
            context -> {
              context.abort();
              throw new IOException("gone");
            });
    assertThat(trial.disposedWith()).isEqualTo("none");
    assertThat(trial.transport.outcome).isEqualTo(Outcome.KILL);
    assertThat(trial.statusAtEnd).isEqualTo(499);
  }

  @Test
  void w12_aPendingStageSuspendsOnceAndEndsOnItsThread() throws Exception {
    CompletableFuture<Void> pending = new CompletableFuture<>();
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              context.response().onStartingAsync(() -> CompletableFuture.runAsync(() -> {}));
              context.response().onCompletedAsync(() -> CompletableFuture.runAsync(() -> {}));
              return pending;
            });
    assertThat(trial.transport.events).containsExactly("suspend");
    pending.complete(null);
    trial.awaitOver();
    assertThat(trial.transport.events)
        .containsExactly("suspend", "begin 200 length=0", "end", "finished");
  }

  @Test
  void s3_createContextThatThrowsIsAnsweredWithoutADisposal() {
    RecordingTransport transport = new RecordingTransport();
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    new ExchangeRun<>(new FailingApplication(), new Exchange(transport, server)).run();
    assertThat(transport.events).containsExactly("begin 500 length=0", "end", "finished");
  }

  @Test
  void s4_aStoppingServerRefusesAndAborts() throws Exception {
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    CompletableFuture<Void> pending = new CompletableFuture<>();
    Trial running = Trial.on(server, new RecordingTransport(), context -> pending);
    running.context.aborted().thenRun(() -> pending.complete(null));
    server.stop(Duration.ZERO);
    running.awaitOver();
    assertThat(running.transport.events).contains("abort");
    assertThat(server.count()).isZero();
    Trial refused = Trial.on(server, new RecordingTransport(), context -> pending);
    assertThat(refused.transport.events)
        .containsExactly("begin 503 length=0 close", "end", "finished");
    assertThat(refused.disposals).isEmpty();
  }

  private static void sneak(RuntimeException failure) {
    throw failure;
  }
}
