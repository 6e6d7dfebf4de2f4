package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.HttpApplication;

/**
 * Runs an application on one exchange, in the order of R6.
 *
 * <pre>
 *   run:      createContext, process
 *   finish:   start if that has not happened
 *   conclude: length check, bodies closed, response ended or connection turned over
 *   complete: onCompleted
 *   dispose:  disposeContext, over, Transport.finished
 * </pre>
 *
 * Each step follows the one before on the same thread as long as no stage is pending: a synchronous
 * application is over when {@link #run()} returns. At the first pending stage the transport is told
 * to suspend, once, and the thread that completes the stage goes on. Each step therefore runs
 * exactly once, and never two at a time.
 *
 * @param <C> the application's type for one request
 */
public final class ExchangeRun<C> {

  private final HttpApplication<C> application;
  private final Exchange exchange;
  private @Nullable C context;
  private @Nullable Throwable failure;
  private Outcome outcome = Outcome.SENT;
  @Nullable ExchangeRun<?> previous; // this and the next are for RunningExchanges
  @Nullable ExchangeRun<?> next;

  /**
   * Prepares a run.
   *
   * @param application what to run
   * @param exchange what to run it on
   */
  public ExchangeRun(HttpApplication<C> application, Exchange exchange) {
    this.application = Objects.requireNonNull(application, "application");
    this.exchange = Objects.requireNonNull(exchange, "exchange");
  }

  /** Runs the application; returns when it is over or the transport was suspended. */
  public void run() {
    if (!exchange.server().enter(this)) {
      refuse();
      return;
    }
    CompletionStage<Void> stage;
    try {
      C made = application.createContext(exchange.features());
      context = made;
      stage =
          Stages.adopt(
              Objects.requireNonNull(application.process(made), "the application gave no stage"));
    } catch (Throwable e) { // each request must end, whatever the application throws (S6, R16)
      finish(e);
      return;
    }
    if (Stages.isDone(stage)) {
      finish(Stages.failureOf(stage));
    } else {
      whenDone(stage, ExchangeRun::finish);
    }
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

  Exchange exchange() {
    return exchange;
  }

  /** Answers 503: the server is stopping (S4). */
  private void refuse() {
    try {
      exchange.setLastOnConnection();
      exchange.head().replaceByError(503);
      exchange.transport().end();
    } catch (IOException e) {
      outcome = Outcome.KILL;
    }
    exchange.closeBodies();
    exchange.end();
    exchange.transport().finished(outcome);
  }

  /** Goes on when a stage has ended, on the thread that ends it. */
  private void whenDone(CompletionStage<Void> stage, PendingStage.Step step) {
    if (!exchange.isSuspended()) {
      exchange.transport().suspend();
    }
    PendingStage pending = new PendingStage(this, step);
    exchange.setPending(pending);
    pending.await(stage);
  }

  private void finish(@Nullable Throwable applicationFailure) {
    if (applicationFailure != null) {
      addFailure(Stages.unwrap(applicationFailure));
    }
    ResponseHead head = exchange.head();
    boolean starts = failure == null && head.isNew() && !exchange.isAborted();
    CompletionStage<Void> start = starts ? head.start() : head.pendingStart();
    if (Stages.isDone(start)) {
      conclude(starts ? Stages.failureOf(start) : null);
    } else {
      whenDone(start, starts ? ExchangeRun::conclude : (run, ignored) -> run.conclude(null));
    }
  }

  private void conclude(@Nullable Throwable startFailure) {
    ResponseHead head = exchange.head();
    Throwable fault = head.fault();
    if (fault != null) {
      addFailure(fault);
    } else if (startFailure != null) {
      addFailure(Stages.unwrap(startFailure));
    }
    exchange.closeBodies();
    CompletionStage<Void> lastWrite = exchange.lastWrite();
    if (Stages.isDone(lastWrite)) {
      send();
    } else {
      whenDone(lastWrite, (run, ignored) -> run.send());
    }
  }

  /** Fails a response that has less content than it declared (R42 to R44). */
  private void checkLength() {
    ResponseHead head = exchange.head();
    if (failure != null || head.isHandedOver() || head.isCompleted()) {
      return;
    }
    boolean checked = head.isStarted() && !head.isSwitching(); // R44
    if (checked && !exchange.isAborted()) {
      try {
        exchange.responseBody().checkLength();
      } catch (LengthMismatchException e) {
        addFailure(e);
      }
    }
  }

  private void send() {
    checkLength();
    if (failure instanceof LengthMismatchException) {
      exchange
          .server()
          .log(System.Logger.Level.WARNING, "a response failed: " + failure.getMessage());
    }
    Upgrade upgrade = exchange.upgrade();
    if (upgrade != null && failure != null) {
      exchange.setLastOnConnection(); // U5
    } else if (upgrade != null && !exchange.isAborted()) {
      turnOver(upgrade);
      return;
    }
    CompletionStage<Void> end;
    try {
      end = answer();
    } catch (IOException | RuntimeException | Error e) {
      end = CompletableFuture.failedStage(e);
    }
    if (Stages.isDone(end)) {
      sent(Stages.failureOf(end));
    } else {
      whenDone(end, ExchangeRun::sent);
    }
  }

  /** Turns the connection over; what is left of R6 follows when that is closed (U2, U7). */
  private void turnOver(Upgrade upgrade) {
    try {
      exchange.head().send(false);
    } catch (IOException | RuntimeException e) {
      notTurnedOver(e);
      return;
    }
    new UpgradeRun(this, upgrade).begin();
  }

  /** Goes on when the connection is closed. */
  void turnedOver(@Nullable Throwable handlerFailure) {
    if (handlerFailure != null) {
      addFailure(Stages.unwrap(handlerFailure));
    }
    outcome = Outcome.SENT_THEN_CLOSE;
    complete();
  }

  /** Goes on when the connection could not be turned over. */
  void notTurnedOver(Throwable cause) {
    if (cause instanceof IOException) {
      exchange.lifetime().disconnected(cause);
      outcome = aborted(exchange.head());
    } else {
      addFailure(cause);
      outcome = Outcome.KILL;
    }
    complete();
  }

  /** Gives the client what it is to get; the stage ends when all of it is on its way. */
  private CompletionStage<Void> answer() throws IOException {
    ResponseHead head = exchange.head();
    if (head.isHandedOver()) {
      outcome = Outcome.HANDED_OVER;
    } else if (exchange.isAborted()) {
      outcome = aborted(head);
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

  private void sent(@Nullable Throwable sendFailure) {
    if (sendFailure instanceof IOException) {
      if (!exchange.isAborted()) {
        exchange.lifetime().disconnected(sendFailure);
      }
      outcome = aborted(exchange.head());
    } else if (sendFailure != null) { // the container's own; the client must not see success
      addFailure(sendFailure);
      outcome = Outcome.KILL;
    }
    complete();
  }

  private void complete() {
    CallbackStack completed = exchange.head().takeCompleted();
    CompletionStage<Void> callbacks =
        completed == null ? Stages.completed() : completed.run(this::logCallbackFailure);
    if (Stages.isDone(callbacks)) {
      dispose();
    } else {
      whenDone(callbacks, (run, ignored) -> run.dispose());
    }
  }

  private Outcome aborted(ResponseHead head) {
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

  private void logCallbackFailure(Throwable e) {
    exchange.server().log(System.Logger.Level.ERROR, "an onCompleted callback failed", e);
  }

  private void dispose() {
    exchange.head().refuseCallbacks();
    C made = context;
    if (made != null) {
      try {
        application.disposeContext(made, reported());
      } catch (Throwable e) { // each request must leave the books, whatever is thrown (S3)
        exchange.server().log(System.Logger.Level.ERROR, "disposeContext failed", e);
      }
    }
    exchange.end();
    try {
      exchange.transport().finished(outcome);
    } finally {
      exchange.server().leave(this);
    }
  }

  /** Leaves out what only says that the client is gone (E12). */
  private @Nullable Throwable reported() {
    boolean quiet = failure instanceof IOException || failure instanceof CancellationException;
    if (!quiet || !exchange.isAborted()) {
      return failure;
    }
    exchange.server().log(System.Logger.Level.DEBUG, "the request was aborted", failure);
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // a failure must not suppress itself
  private void addFailure(Throwable added) {
    Throwable first = failure;
    if (first == null) {
      failure = added;
    } else if (first != added && first.getCause() != added) {
      first.addSuppressed(added);
    }
  }
}
