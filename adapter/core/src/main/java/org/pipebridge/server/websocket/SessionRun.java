package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.feature.WebSocket.Close;
import org.pipebridge.feature.WebSocketHandler;
import org.pipebridge.internal.Stages;

/** Runs the handler of a WebSocket, and closes that as is due afterwards (U13, U14). */
final class SessionRun {

  /** How long the client may take to answer a close frame. */
  private static final long ANSWER_SECONDS = 5;

  /** How long what a client sends after a fault is taken in, so that it sees our close frame. */
  private static final long FAULT_SECONDS = 1;

  private static final int CHUNK_BYTES = 8192;

  private final DuplexStream stream;
  private final Session session;

  SessionRun(DuplexStream stream, Session session) {
    this.stream = stream;
    this.session = session;
  }

  /** Runs it; the stage fails as the handler does. */
  CompletionStage<Void> run(WebSocketHandler handler, CompletionStage<Void> stopping) {
    CompletableFuture<Void> handled = handle(handler);
    // the frame is sent by another thread than the one that stops the server, which must not wait
    stopping.runAfterEitherAsync(handled, () -> goAway(handled));
    return handled
        .handle((ignored, failure) -> finish(failure == null ? null : Stages.unwrap(failure)))
        .thenCompose(stage -> stage);
  }

  private CompletableFuture<Void> handle(WebSocketHandler handler) {
    try {
      return Stages.adopt(
          Objects.requireNonNull(handler.run(session), "the handler gave no stage"));
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void goAway(CompletableFuture<Void> handled) {
    if (!handled.isDone()) {
      session.sendClose(new Close(CloseCode.GOING_AWAY, ""));
    }
  }

  private CompletionStage<Void> finish(@Nullable Throwable failure) {
    CompletionStage<Void> end =
        failure instanceof RequestAbortedException ? Stages.completed() : close(failure);
    return end.handle((ignored, unsent) -> failure)
        .thenCompose(
            thrown -> thrown == null ? Stages.completed() : CompletableFuture.failedStage(thrown));
  }

  private CompletionStage<Void> close(@Nullable Throwable failure) {
    int code = failure == null ? CloseCode.NORMAL : CloseCode.SERVER_ERROR;
    return session.sendClose(new Close(code, "")).thenCompose(ignored -> awaitAnswer());
  }

  private CompletionStage<Void> awaitAnswer() {
    long seconds = session.theirs() == Session.Theirs.BROKEN ? FAULT_SECONDS : ANSWER_SECONDS;
    CompletionStage<Void> rest = session.received().thenCompose(ignored -> receiveRest());
    return Stages.orTimeout(rest.toCompletableFuture().copy(), seconds);
  }

  /** Takes messages until the client's close frame, or bytes after a fault. */
  private CompletionStage<Void> receiveRest() {
    return switch (session.theirs()) {
      case CLOSED -> Stages.completed();
      case OPEN ->
          session
              .receive()
              .handle(
                  (message, failure) -> failure == null || session.theirs() != Session.Theirs.OPEN)
              .thenCompose(goesOn -> goesOn ? receiveRest() : Stages.completed());
      case BROKEN ->
          stream
              .read(ByteBuffer.allocate(CHUNK_BYTES))
              .thenCompose(count -> count < 0 ? Stages.completed() : receiveRest());
    };
  }
}
