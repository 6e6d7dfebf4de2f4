package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.server.ServerOptions;

/** Interim responses on a transport that takes its time, or fails (F53). */
final class EarlyHintsTest {

  private final Exchange exchange =
      new Exchange(new RecordingTransport(), new Exchanges(ServerOptions.DEFAULT));
  private final Queue<CompletableFuture<Void>> pending = new ArrayDeque<>();
  private final List<Headers> sent = new ArrayList<>();
  private @Nullable IOException refusal;

  private final EarlyHints hints =
      new EarlyHints(exchange) {
        @Override
        protected CompletionStage<Void> transmit(Headers lines) throws IOException {
          if (refusal != null) {
            throw refusal;
          }
          sent.add(lines);
          CompletableFuture<Void> transmission = new CompletableFuture<>();
          pending.add(transmission);
          return transmission;
        }
      };

  private static Headers link() {
    Headers lines = new HeaderMap();
    lines.set("Link", "</a>; rel=preload");
    return lines;
  }

  private static @Nullable Throwable failureOf(CompletionStage<Void> stage) {
    return stage.handle((ignored, failure) -> failure).toCompletableFuture().join();
  }

  @Test
  void f53_oneOperationAtATime() {
    CompletionStage<Void> first = hints.send(link());
    assertThat(first.toCompletableFuture()).isNotDone();
    assertThat(failureOf(hints.send(link()))).isInstanceOf(IllegalStateException.class);
    assertThat(failureOf(exchange.responseBody().flush()))
        .isInstanceOf(IllegalStateException.class);
    pending.remove().complete(null);
    assertThat(failureOf(first)).isNull();
    CompletionStage<Void> second = hints.send(link());
    pending.remove().complete(null);
    assertThat(failureOf(second)).isNull();
    assertThat(sent).hasSize(2);
  }

  @Test
  void f53_aClientThatHasGoneAbortsTheRequest() {
    CompletionStage<Void> stage = hints.send(link());
    pending.remove().completeExceptionally(new IOException("broken pipe"));
    assertThat(failureOf(stage))
        .isInstanceOf(RequestAbortedException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(exchange.isAborted()).isTrue();
    assertThat(failureOf(hints.send(link()))).isInstanceOf(RequestAbortedException.class);
  }

  @Test
  void f53_aTransportThatRefusesAtOnceLeavesTheGateOpen() throws Exception {
    refusal = new IOException("broken pipe");
    assertThat(failureOf(hints.send(link()))).isInstanceOf(RequestAbortedException.class);
    assertThat(exchange.responseBody().isClosing()).isFalse();
    exchange.responseBody().enter();
    exchange.responseBody().exit();
  }

  @Test
  void f53_whatIsNotAHeaderIsRefused() {
    Headers lines = new HeaderMap();
    assertThatThrownBy(() -> lines.set("Link", "a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(failureOf(hints.send(lines))).isNull();
    assertThat(sent).isEmpty();
  }
}
