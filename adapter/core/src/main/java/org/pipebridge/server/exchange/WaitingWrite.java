package org.pipebridge.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;

/**
 * The operation on the content of a response that must not block (B11): it does what the container
 * takes, stays pending while that takes nothing, and goes on where it says that it does again.
 *
 * <p>An operation is done when the container has let go of all it was given, so that what is unsent
 * stays bounded (R52) and the buffer is the application's again (R53). One at a time: the fields
 * belong to the thread that is inside the gate.
 */
final class WaitingWrite {

  /** How much is given to the container at once, which may copy what the network does not take. */
  private static final int PIECE = 32 * 1024;

  private final ResponseBody body;
  private final Exchange exchange;
  private @Nullable ByteBuffer content;
  private boolean flush;
  private boolean end;
  private @Nullable CompletableFuture<Void> pending;

  WaitingWrite(ResponseBody body, Exchange exchange) {
    this.body = body;
    this.exchange = exchange;
  }

  /**
   * Does an operation; the caller has entered the gate, which is left when it is done.
   *
   * @param content what to write first, if anything
   * @param flush whether to flush then
   * @param end whether to end the message then
   */
  CompletionStage<Void> begin(@Nullable ByteBuffer content, boolean flush, boolean end) {
    this.content = content;
    this.flush = flush;
    this.end = end;
    try {
      if (advance()) {
        body.exit();
        return Stages.completed();
      }
    } catch (IOException | RuntimeException e) {
      body.exit();
      return CompletableFuture.failedStage(e);
    }
    CompletableFuture<Void> later = new CompletableFuture<>();
    pending = later;
    advanceOrWait();
    return later;
  }

  /** Goes on, if the operation is pending: the container takes more, or the request is aborted. */
  void goOn() {
    if (body.wake()) {
      advanceOrWait();
    }
  }

  private void advanceOrWait() {
    CompletableFuture<Void> later = Objects.requireNonNull(pending);
    try {
      while (!advance()) {
        if (body.suspend()) {
          return; // another thread may be inside now
        }
      }
    } catch (IOException | RuntimeException e) {
      body.exit();
      later.completeExceptionally(e);
      return;
    }
    body.exit();
    later.complete(null);
  }

  /** Does as much as the container takes; true: all of it, and nothing is under way. */
  private boolean advance() throws IOException {
    exchange.throwIfAborted();
    try {
      while (exchange.transport().canWrite()) {
        ByteBuffer rest = content;
        if (rest != null && rest.hasRemaining()) {
          body.transmit(rest, PIECE);
        } else if (flush) {
          flush = false;
          body.pushNow();
        } else if (end) {
          end = false;
          body.finishNow();
          return true;
        } else {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException e) {
      throw body.gone(e);
    }
  }
}
