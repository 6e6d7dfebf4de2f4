package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.internal.Stages;

/**
 * The part of an {@link ExchangeRun} that knows how the request went, and what its client gets for
 * that (R9 to R16).
 */
abstract class ExchangeAnswer {

  final Exchange exchange;
  private @Nullable Throwable failure;
  private Outcome outcome = Outcome.SENT;

  ExchangeAnswer(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Returns what the request failed with, once it is over.
   *
   * @return the failure, or null
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  /**
   * Returns what the client must see, once it is over.
   *
   * @return how it ended, as the transport was told
   */
  public Outcome outcome() {
    return outcome;
  }

  final Exchange exchange() {
    return exchange;
  }

  final boolean hasFailed() {
    return failure != null;
  }

  /** Answers 503: the server is stopping (S4). */
  final void answerRefusal() {
    try {
      exchange.setLastOnConnection();
      exchange.head().replaceByError(503);
      exchange.transport().end();
    } catch (IOException e) {
      outcome = Outcome.KILL;
    }
  }

  /** Fails a response that has less content than it declared (R42 to R44). */
  final void checkLength() {
    if (failure == null && isLengthDue()) {
      try {
        exchange.responseBody().checkLength();
      } catch (LengthMismatchException e) {
        addFailure(e);
      }
    }
    if (failure instanceof LengthMismatchException) {
      exchange
          .server()
          .log(System.Logger.Level.WARNING, "a response failed: " + failure.getMessage());
    }
  }

  private boolean isLengthDue() {
    ResponseHead head = exchange.head();
    return head.isStarted()
        && !head.isHandedOver()
        && !head.isCompleted()
        && !head.isSwitching() // R44
        && !exchange.isAborted();
  }

  /** Gives the client what it is to get; the stage ends when all of it is on its way. */
  final CompletionStage<Void> answer() {
    try {
      return answerNow();
    } catch (IOException | RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Void> answerNow() throws IOException {
    ResponseHead head = exchange.head();
    if (head.isHandedOver()) {
      outcome = Outcome.HANDED_OVER;
    } else if (exchange.isAborted()) {
      outcome = aborted();
    } else if (head.isCompleted()) {
      outcome = failure == null ? Outcome.SENT : Outcome.SENT_THEN_CLOSE;
    } else if (failure == null) {
      head.send(exchange.written() == 0);
      return exchange.sendEnd();
    } else {
      return answerFailure(head);
    }
    return Stages.completed();
  }

  private Outcome aborted() {
    ResponseHead head = exchange.head();
    if (!head.isStarted()) {
      head.abortedBeforeStart();
    }
    return exchange.lifetime().isClientGone() ? Outcome.GONE : Outcome.KILL;
  }

  /**
   * Answers a failed request: an empty error as long as nothing has left, else a broken message.
   */
  private CompletionStage<Void> answerFailure(ResponseHead head) throws IOException {
    if (exchange.transport().isCommitted()) {
      boolean whole =
          exchange.isHead() || (head.fault() == null && head.contentLength() == exchange.written());
      outcome = whole ? Outcome.SENT_THEN_CLOSE : Outcome.KILL;
      return whole ? exchange.sendEnd() : Stages.completed();
    }
    int status = 500;
    if (failure instanceof BadHttpRequestException bad && !head.isStarted()) {
      exchange.setLastOnConnection();
      status = bad.status();
    }
    if (head.isSent()) {
      exchange.transport().reset();
    }
    head.replaceByError(status);
    return exchange.sendEnd();
  }

  /** Notes why the answer, or the head of an upgrade, did not get away whole. */
  final void noteNotSent(Throwable cause) {
    if (cause instanceof IOException) {
      if (!exchange.isAborted()) {
        exchange.lifetime().disconnected(cause);
      }
      outcome = aborted();
    } else { // the container's own; the client must not see success
      addFailure(cause);
      outcome = Outcome.KILL;
    }
  }

  /** Notes that the connection, which was turned over, is closed. */
  final void noteTurnedOver(@Nullable Throwable handlerFailure) {
    if (handlerFailure != null) {
      addFailure(Stages.unwrap(handlerFailure));
    }
    outcome = Outcome.SENT_THEN_CLOSE;
  }

  /** Leaves out what only says that the client is gone (E12). */
  final @Nullable Throwable reported() {
    boolean quiet = failure instanceof IOException || failure instanceof CancellationException;
    if (!quiet || !exchange.isAborted()) {
      return failure;
    }
    exchange.server().log(System.Logger.Level.DEBUG, "the request was aborted", failure);
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // a failure must not suppress itself
  final void addFailure(Throwable added) {
    Throwable first = failure;
    if (first == null) {
      failure = added;
    } else if (first != added && first.getCause() != added) {
      first.addSuppressed(added);
    }
  }
}
