package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.internal.Ascii;
import org.pipebridge.internal.Stages;

/** Interim responses with status 103, for transports that can send some (F53). */
public abstract class EarlyHints implements HttpEarlyHintsFeature {

  private final Exchange exchange;

  /**
   * Creates the feature.
   *
   * @param exchange in front of whose response they go
   */
  protected EarlyHints(Exchange exchange) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
  }

  /**
   * Sends an interim response. The response has not started, and nothing of it is being written.
   *
   * @param lines its header lines, at least one
   * @return a stage that completes when they are on their way
   * @throws IOException if the client has gone
   */
  protected abstract CompletionStage<Void> transmit(Headers lines) throws IOException;

  @Override
  public final CompletionStage<Void> send(Headers hints) {
    HeaderMap lines = new HeaderMap();
    hints.forEach(
        (name, value) -> {
          if (!isOwnedByServer(name)) {
            lines.add(name, value); // which checks both, whoever has made them (V3, V4)
          }
        });
    try {
      exchange.head().checkWritable("early hints");
      return lines.names().isEmpty() ? Stages.completed() : sendAlone(lines);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static boolean isOwnedByServer(String name) {
    return ResponseHeaders.isOwnedByServer(name)
        || Ascii.equalsIgnoreCase(name, HeaderNames.CONNECTION)
        || Ascii.equalsIgnoreCase(name, HeaderNames.CONTENT_LENGTH);
  }

  /** Holds the gate of the content meanwhile, so that nothing gets into a later response (C14). */
  private CompletionStage<Void> sendAlone(Headers lines) throws IOException {
    ResponseBody body = exchange.responseBody();
    body.enter();
    try {
      exchange.head().checkOpen();
      exchange.throwIfAborted();
      CompletableFuture<Void> sent = new CompletableFuture<>();
      transmit(lines)
          .whenComplete(
              (ignored, failure) -> {
                body.exit();
                complete(sent, body, failure);
              });
      return sent;
    } catch (IOException | RuntimeException e) {
      body.exit();
      throw body.gone(e);
    } catch (Error e) {
      body.exit();
      throw e;
    }
  }

  private static void complete(
      CompletableFuture<Void> sent, ResponseBody body, @Nullable Throwable failure) {
    if (failure == null) {
      sent.complete(null);
      return;
    }
    try {
      throw body.gone(Stages.asException(Stages.unwrap(failure)));
    } catch (IOException | RuntimeException | Error told) {
      sent.completeExceptionally(told);
    }
  }
}
