package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.ServerOptions;

/** An exchange ends once and leaves the books, whatever an application or a container does. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExchangeHazardsTest {

  private static final RuntimeException BROKEN = new UnsupportedOperationException("broken");

  @Test
  void r3_aWriteThatNobodyWaitsForGoesOutBeforeTheEndWhenItsStartWasPending() throws Exception {
    CompletableFuture<Void> callback = new CompletableFuture<>();
    AtomicReference<CompletionStage<Void>> write = new AtomicReference<>();
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              context.response().onStartingAsync(() -> callback);
              write.set(
                  context
                      .features()
                      .require(HttpResponseBodyFeature.class)
                      .write(ByteBuffer.wrap("late".getBytes(StandardCharsets.UTF_8))));
              return Stages.completed();
            });
    callback.complete(null);
    trial.awaitOver();
    assertThat(write.get().toCompletableFuture()).isCompleted();
    assertThat(trial.transport.sent()).isEqualTo("late");
    assertThat(trial.transport.events).containsExactly("suspend", "begin 200", "end", "finished");
  }

  @Test
  void r12_aFailureWhileTheStartIsPendingEndsTheRequest() throws Exception {
    CompletableFuture<Void> callback = new CompletableFuture<>();
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              context.response().onStartingAsync(() -> callback);
              context.features().require(HttpResponseBodyFeature.class).flush();
              throw BROKEN;
            });
    callback.complete(null);
    trial.awaitOver();
    assertThat(trial.disposedWith()).isSameAs(BROKEN);
  }

  @Test
  void s6_aStageThatDoesNotInteroperateEndsTheRequest() throws Exception {
    Trial done =
        Trial.runAsync(new RecordingTransport(), context -> OddStage.of(Stages.completed()));
    assertThat(done.awaitOver().transport.outcome).isEqualTo(Outcome.SENT);

    CompletableFuture<Void> pending = new CompletableFuture<>();
    Trial later = Trial.runAsync(new RecordingTransport(), context -> OddStage.of(pending));
    pending.completeExceptionally(BROKEN);
    assertThat(later.awaitOver().disposedWith()).isSameAs(BROKEN);
    assertThat(later.server.count()).isZero();
  }

  @Test
  void r3_callbacksMayGiveStagesThatDoNotInteroperate() throws Exception {
    Trial trial =
        Trial.run(
            context -> {
              context.response().onStartingAsync(() -> OddStage.of(Stages.completed()));
              context.response().onCompletedAsync(() -> OddStage.of(Stages.completed()));
            });
    assertThat(trial.awaitOver().transport.events)
        .containsExactly("begin 200 length=0", "end", "finished");
  }

  @Test
  void s6_anErrorOfTheContainerAtTheEndOfAResponseKillsIt() throws Exception {
    RecordingTransport transport = new RecordingTransport();
    transport.endFailure = new LinkageError("of the container");
    Trial trial = Trial.run(transport, context -> {});
    assertThat(trial.awaitOver().transport.outcome).isEqualTo(Outcome.KILL);
    assertThat(trial.disposedWith()).isSameAs(transport.endFailure);
    assertThat(trial.server.count()).isZero();
  }

  @Test
  void s3_aConnectionThatIsGoneAndCannotBeBrokenDoesNotKeepItsRequest() throws Exception {
    RecordingTransport transport = new RecordingTransport();
    transport.endFailure = new IOException("reset");
    transport.onAbort =
        () -> {
          throw BROKEN;
        };
    Trial trial = Trial.run(transport, context -> {});
    assertThat(trial.awaitOver().transport.outcome).isEqualTo(Outcome.GONE);
    assertThat(trial.disposals).hasSize(1);
    assertThat(trial.server.count()).isZero();
  }

  @Test
  void s3_whateverDisposeContextThrowsTheRequestLeavesTheBooks() {
    RecordingTransport transport = new RecordingTransport();
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    new ExchangeRun<>(new ThrowingAtTheEnd(), new Exchange(transport, server)).run();
    assertThat(transport.events).containsExactly("begin 200 length=0", "end", "finished");
    assertThat(server.count()).isZero();
  }

  @Test
  void r7_onCompletedIsRefusedOnceTheCallbacksHaveRun() {
    AtomicReference<@Nullable Throwable> refused = new AtomicReference<>();
    RecordingTransport transport = new RecordingTransport();
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    HttpApplication<FeatureCollection> application =
        new Scripted(
            features -> {},
            features -> {
              HttpResponseFeature head = features.require(HttpResponseFeature.class);
              refused.set(catchThrowable(() -> head.onCompleted(Stages::completed)));
            });
    new ExchangeRun<>(application, new Exchange(transport, server)).run();
    assertThat(refused.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a2_aRequestMayEndOnTheThreadThatAbortsIt() throws Exception {
    RecordingTransport transport = new RecordingTransport();
    CompletableFuture<Void> pending = new CompletableFuture<>();
    transport.onAbort = () -> pending.complete(null);
    Trial trial = Trial.runAsync(transport, context -> pending);
    trial.context.abort();
    trial.awaitOver();
    assertThat(transport.events).containsExactly("suspend", "abort", "finished");
  }

  @Test
  void a2_aWriteIntoARequestThatTheContainerHasEndedFailsAsAborted() {
    RecordingTransport transport = new RecordingTransport();
    AtomicReference<Exchange> exchange = new AtomicReference<>();
    transport.onWrite =
        () -> {
          exchange.get().disconnected(new IOException("reset"));
          throw new NullPointerException("recycled");
        };
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    exchange.set(new Exchange(transport, server));
    HttpApplication<FeatureCollection> application =
        new Scripted(
            features -> {
              OutputStream body = features.require(HttpResponseBodyFeature.class).stream();
              thrown.set(catchThrowable(() -> body.write(1)));
            },
            features -> {});
    new ExchangeRun<>(application, exchange.get()).run();
    assertThat(thrown.get()).isInstanceOf(RequestAbortedException.class);
    assertThat(transport.outcome).isEqualTo(Outcome.GONE);
  }

  @Test
  void s4_aGraceOfAnyLengthIsTaken() {
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    server.stop(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(server.isStopping()).isTrue();
  }

  @Test
  void s4_anAbortThatFailsDoesNotKeepOthersFromBeingAborted() throws Exception {
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    List<Trial> trials = List.of(abortFails(server), abortFails(server));
    server.stop(Duration.ZERO);
    for (Trial trial : trials) {
      trial.awaitOver();
    }
    assertThat(server.count()).isZero();
  }

  @Test
  void s3_aStageThatNeverEndsIsDisposedWhenTheServerStops() throws Exception {
    Exchanges server = new Exchanges(ServerOptions.DEFAULT);
    CompletableFuture<Void> never = new CompletableFuture<>();
    Trial trial = Trial.on(server, new RecordingTransport(), context -> never);
    long began = System.nanoTime();
    server.stop(Duration.ZERO);
    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    trial.awaitOver();
    assertThat(trial.disposals).hasSize(1);
    assertThat(trial.transport.outcome).isEqualTo(Outcome.KILL);
    never.complete(null);
    assertThat(trial.disposals).hasSize(1);
    assertThatThrownBy(() -> trial.context.response().status())
        .isInstanceOf(IllegalStateException.class);
  }

  private static Trial abortFails(Exchanges server) {
    RecordingTransport transport = new RecordingTransport();
    CompletableFuture<Void> pending = new CompletableFuture<>();
    transport.onAbort =
        () -> {
          throw BROKEN;
        };
    Trial trial = Trial.on(server, transport, context -> pending);
    trial.context.aborted().thenRun(() -> pending.complete(null));
    return trial;
  }

  /** An application whose disposal throws what no method declares. */
  private static final class ThrowingAtTheEnd implements HttpApplication<Object> {

    @Override
    public Object createContext(FeatureCollection features) {
      return this;
    }

    @Override
    public CompletionStage<Void> process(Object context) {
      return Stages.completed();
    }

    @Override
    public void disposeContext(Object context, @Nullable Throwable failure) {
      ThrowingAtTheEnd.<RuntimeException>sneak(new Throwable("odd"));
    }

    @SuppressWarnings("unchecked") // the compiler's view only
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  /** An application that does one thing with the features, and one when it is disposed of. */
  private record Scripted(Consumer<FeatureCollection> first, Consumer<FeatureCollection> last)
      implements HttpApplication<FeatureCollection> {

    @Override
    public FeatureCollection createContext(FeatureCollection features) {
      return features;
    }

    @Override
    public CompletionStage<Void> process(FeatureCollection features) {
      first.accept(features);
      return Stages.completed();
    }

    @Override
    public void disposeContext(FeatureCollection features, @Nullable Throwable failure) {
      last.accept(features);
    }
  }
}
