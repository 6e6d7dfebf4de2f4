package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Outcome;

/**
 * How a request ends on another thread than the one it came on (W11, W12, W36).
 *
 * <p>Made in a filter, whose chain belongs to a thread, and else at the first pending stage.
 *
 * <pre>
 *   ON_THREAD --stage pending--> ASYNC     the thread that runs the last step completes
 *       |     --no async here--> WAITING   the container's thread waits, and runs what it is given
 *       |                                  ASYNC becomes WAITING when a late fall-through was
 *       |                                  dispatched back to the filter
 *       +--over--> the container's thread leaves
 * </pre>
 *
 * <p>{@link #finished} is called once, by the engine. In ASYNC it completes the AsyncContext,
 * unless Tomcat has reported an error; in the other modes the container's thread leaves, and throws
 * if the client or the container must see a failure. So the end has one owner, whatever races.
 */
final class Ending extends ContainerThread implements AsyncListener {

  /** Marks a request that was dispatched back to us, as an attribute. */
  static final String ATTRIBUTE = "org.pipebridge.servlet.ending";

  private enum Mode {
    ON_THREAD,
    WAITING,
    ASYNC
  }

  private volatile Mode mode = Mode.ON_THREAD;
  private volatile @Nullable AsyncContext async;
  private @Nullable AsyncGate gate;
  private @Nullable ExchangeRun<?> run;

  Ending(ServletTransport transport) {
    super(transport);
  }

  /**
   * Keeps the container's thread, which has run the application, as long as it must wait; tells
   * whether the request is over then, or another thread will complete it.
   */
  boolean endsHere(ExchangeRun<?> exchangeRun) {
    run = exchangeRun;
    if (mode == Mode.WAITING) {
      workUntilEnd();
    }
    return mode != Mode.ASYNC;
  }

  /** Lets the container's thread go, or makes it wait, at the first pending stage. */
  void suspend() {
    HttpServletRequest request = transport.request();
    if (!transport.isInclude() && !request.isAsyncSupported()) {
      transport.server().warnAsyncNotSupported(request);
    }
    if (canStartAsync(transport) && !TurnOver.needsContainerThread(transport)) {
      tryAsync();
    }
    if (mode == Mode.ON_THREAD) {
      stay();
    }
    callLate();
  }

  /** Makes the container's thread wait until the request is over. */
  private void stay() {
    beginWork();
    mode = Mode.WAITING;
    begun();
  }

  /** Begins async mode, on the container's thread, which waits if that is refused (W11). */
  void tryAsync() {
    if (mode == Mode.ON_THREAD) {
      try {
        startAsync();
      } catch (RuntimeException refusal) { // by a wrapper that said it supports it
        transport.server().warnAsyncRefused(transport.request(), refusal);
        stay();
      }
    }
  }

  private void startAsync() {
    HttpServletRequest request = transport.request();
    AsyncContext context = request.startAsync(request, transport.response());
    context.setTimeout(0);
    context.addListener(this);
    gate = transport.server().container(request) == ContainerKind.TOMCAT ? new AsyncGate() : null;
    leave();
    mode = Mode.ASYNC;
    async = context;
    begun();
  }

  /** Lets operations go on that another thread began while it was open how (B11). */
  private void begun() {
    ContainerSignals signals = transport.signals();
    if (signals != null) {
      signals.begun();
    }
  }

  boolean isAsync() {
    return async != null && mode == Mode.ASYNC;
  }

  boolean isWaiting() {
    return mode == Mode.WAITING;
  }

  /** Runs blocking code off the container's threads (B13), unless one of them waits anyway. */
  void runElsewhere(Runnable blocking) {
    if (transport.isServing(Thread.currentThread())) {
      tryAsync();
    }
    AsyncContext context = async;
    if (context == null) {
      blocking.run();
    } else {
      BlockingThreads.run(context, blocking);
    }
  }

  /** Runs the step that turns the connection over, and lets the container's thread go. */
  void turnOver(Runnable step) {
    if (endWorkWith(step)) {
      return;
    }
    step.run();
    AsyncContext context = async;
    if (context != null && transport.isTurnedOver() && enter()) {
      try {
        complete(context);
      } finally {
        exit();
      }
    }
  }

  /** Whether the request is ours to complete: the application behind may have taken it (W35). */
  static boolean canStartAsync(ServletTransport transport) {
    HttpServletRequest request = transport.request();
    return !transport.isInclude() && request.isAsyncSupported() && !request.isAsyncStarted();
  }

  /** Takes the outcome; in ASYNC this is where the request leaves. */
  void finished(Outcome outcome) {
    AsyncContext context = async;
    if (mode == Mode.WAITING) {
      endWork();
    } else if (mode == Mode.ASYNC && context != null && enter()) {
      try {
        completeAsync(context, outcome);
      } finally {
        exit();
      }
    }
  }

  private boolean enter() {
    return gate == null || gate.enter();
  }

  private void exit() {
    if (gate != null) {
      gate.exit();
    }
  }

  private void completeAsync(AsyncContext context, Outcome outcome) {
    if (outcome == Outcome.KILL) {
      Breaker.breakAsync(transport, context);
      return;
    }
    if (outcome == Outcome.SENT_THEN_CLOSE) {
      Breaker.closeBehind(transport);
    }
    complete(context);
  }

  /** Completes, unless the container has done so because the client is gone. */
  static void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException alreadyOver) {
      // the container completed it in its own error handling; there is nothing left to do
    }
  }

  /** Notes that the container found the client gone (A3). */
  @Override
  public void onError(AsyncEvent event) {
    Throwable cause = event.getThrowable();
    transport
        .exchange()
        .disconnected(cause == null ? new IOException("the container gave no reason") : cause);
    if (gate != null) {
      // it takes its objects back on this thread; Undertow may be inside the operation here
      transport.exchange().takeBack();
      gate.takeBack();
      if (mode == Mode.ASYNC) {
        complete(event.getAsyncContext()); // else a reset before service() returns ends badly
      }
    }
  }

  /** Notes that the container has ended the request: no thread will come (A3). */
  @Override
  public void onComplete(AsyncEvent event) {
    LateFallThrough later = late();
    if (later != null) {
      later.abandon();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}

  @Override
  boolean canCallAgain() {
    return async != null;
  }

  @Override
  void callAgain() {
    AsyncContext context = Objects.requireNonNull(async, "async");
    if (enter()) {
      try {
        dispatch(context);
      } finally {
        exit();
      }
    }
  }

  /** Has the container call the servlet or filter again, which then finds this. */
  void dispatch(AsyncContext context) {
    transport.request().setAttribute(ATTRIBUTE, this);
    context.dispatch();
  }

  /** Runs on the container's thread after a dispatch, in a filter with the chain to go on with. */
  void reenter(@Nullable FilterChain chain) throws IOException, ServletException {
    ExchangeRun<?> known = Objects.requireNonNull(run);
    LateFallThrough later = late();
    if (chain == null || later == null || known.outcome() == Outcome.KILL) {
      Breaker.failDispatch();
      return;
    }
    WaitingThread here = comeBack();
    mode = Mode.WAITING;
    later.run(chain);
    here.workUntilEnd();
    Leaving.leave(transport, known);
  }
}
