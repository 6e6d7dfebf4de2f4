package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
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
public final class ExchangeRun<C> extends ExchangeAnswer {

  private final HttpApplication<C> application;
  private @Nullable C context;
  @Nullable ExchangeRun<?> previous; // this and the next are for RunningExchanges
  @Nullable ExchangeRun<?> next;

  /**
   * Prepares a run.
   *
   * @param application what to run
   * @param exchange what to run it on
   */
  public ExchangeRun(HttpApplication<C> application, Exchange exchange) {
    super(Objects.requireNonNull(exchange, "exchange"));
    this.application = Objects.requireNonNull(application, "application");
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

  private void refuse() {
    answerRefusal();
    exchange.closeBodies();
    exchange.end();
    exchange.transport().finished(outcome());
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
    boolean starts = !hasFailed() && head.isNew() && !exchange.isAborted();
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

  private void send() {
    checkLength();
    Upgrade upgrade = exchange.upgrade();
    if (upgrade != null && hasFailed()) {
      exchange.setLastOnConnection(); // U5
    } else if (upgrade != null && !exchange.isAborted()) {
      turnOver(upgrade);
      return;
    }
    CompletionStage<Void> end = answer();
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
    noteTurnedOver(handlerFailure);
    complete();
  }

  /** Goes on when the connection could not be turned over. */
  void notTurnedOver(Throwable cause) {
    if (cause instanceof IOException) {
      exchange.lifetime().disconnected(cause); // also if it was aborted before
    }
    noteNotSent(cause);
    complete();
  }

  private void sent(@Nullable Throwable sendFailure) {
    if (sendFailure != null) {
      noteNotSent(sendFailure);
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
      exchange.transport().finished(outcome());
    } finally {
      exchange.server().leave(this);
    }
  }
}
