package org.pipebridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;
import org.pipebridge.internal.Waiting;
import org.pipebridge.server.exchange.ExchangeRun;
import org.pipebridge.server.exchange.Outcome;

/**
 * How a request leaves the container, whichever thread it ends on (W11, W12, W36).
 *
 * <pre>
 *   ON_THREAD --stage pending--> ASYNC     the thread that runs the last step completes
 *       |     --no async here--> WAITING   the container's thread waits, and runs what it is given
 *       |                                  ASYNC becomes WAITING when a late fall-through was
 *       |                                  dispatched back to the filter
 *       +--over--> the container's thread leaves
 * </pre>
 *
 * <p>{@link #finished} is called once, by the engine. In ASYNC it completes the AsyncContext; in
 * the other modes the container's thread leaves, and throws if the client or the container must see
 * a failure. So the end has one owner, whatever races.
 */
final class Ending implements Waiting {

  /** Marks a request that was dispatched back to us, as an attribute. */
  static final String ATTRIBUTE = "org.pipebridge.servlet.ending";

  private enum Mode {
    ON_THREAD,
    WAITING,
    ASYNC
  }

  private final ServletTransport transport;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private volatile @Nullable Thread inside = Thread.currentThread();
  private volatile Mode mode = Mode.ON_THREAD;
  private volatile @Nullable AsyncContext async;
  private volatile @Nullable WaitingThread work;
  private volatile @Nullable LateFallThrough late;
  private @Nullable ExchangeRun<?> run;
  private Outcome outcome = Outcome.SENT;

  Ending(ServletTransport transport) {
    this.transport = transport;
  }

  /** The loader for application code on other threads (W13). */
  @Nullable ClassLoader applicationLoader() {
    return loader;
  }

  /** Runs the application and leaves the container's thread when that may go. */
  void run(ExchangeRun<?> exchangeRun) throws IOException, ServletException {
    run = exchangeRun;
    exchangeRun.run();
    if (mode == Mode.WAITING) {
      Objects.requireNonNull(work).workUntilEnd();
    }
    if (mode != Mode.ASYNC) {
      leave(exchangeRun);
    }
  }

  /** Lets the container's thread go, or makes it wait, at the first pending stage. */
  void suspend() {
    HttpServletRequest request = transport.request();
    if (!transport.isInclude() && !request.isAsyncSupported()) {
      transport.server().warnAsyncNotSupported(request);
    }
    if (canStartAsync()) {
      AsyncContext context = request.startAsync(request, transport.response());
      context.setTimeout(0);
      context.addListener(new AsyncEvents(transport.exchange(), this));
      inside = null;
      mode = Mode.ASYNC;
      async = context;
    } else {
      work = new WaitingThread();
      mode = Mode.WAITING;
    }
    callLate();
  }

  /** Whether the request is ours to complete: the application behind may have taken it (W35). */
  boolean canStartAsync() {
    HttpServletRequest request = transport.request();
    return !transport.isInclude() && request.isAsyncSupported() && !request.isAsyncStarted();
  }

  /** Takes the outcome; in ASYNC this is where the request leaves. */
  void finished(Outcome result) {
    outcome = result;
    AsyncContext context = async;
    if (mode == Mode.WAITING) {
      Objects.requireNonNull(work).end();
    } else if (mode == Mode.ASYNC && context != null) {
      completeAsync(context);
    }
  }

  private void completeAsync(AsyncContext context) {
    if (outcome == Outcome.KILL) {
      Breaker.breakAsync(transport, context);
      return;
    }
    if (outcome == Outcome.SENT_THEN_CLOSE) {
      transport.server().breakConnection(transport.request());
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

  private void leave(ExchangeRun<?> exchangeRun) throws IOException, ServletException {
    switch (outcome) {
      case KILL -> Breaker.breakOnThread(transport);
      case SENT_THEN_CLOSE -> transport.server().breakConnection(transport.request());
      case GONE -> {} // the container knows it, and closes
      case HANDED_OVER -> rethrow(exchangeRun.failure()); // unchanged (W35)
      case SENT -> {
        if (exchangeRun.failure() instanceof Error error) {
          throw error; // R16
        } else if (transport.isInclude()) {
          rethrow(exchangeRun.failure()); // nothing else tells the servlet that includes
        }
      }
    }
  }

  /** Goes on with the chain of a fall-through filter: here, or on a thread to come (W30, W36). */
  CompletionStage<Void> fallThrough(FilterChain chain) throws Exception {
    if (Thread.currentThread() == inside) {
      transport.handOver(chain);
      return Stages.completed();
    }
    LateFallThrough later = new LateFallThrough(transport);
    late = later;
    callLate();
    return later.done();
  }

  /** Waits in a blocking part, and takes a fall-through that needs this very thread (P9, W30). */
  @Override
  public void await(CompletionStage<?> stage) throws Exception {
    if (Thread.currentThread() == inside) {
      WaitingThread before = work;
      WaitingThread here = new WaitingThread();
      work = here;
      callLate();
      stage.whenComplete((ignored, failure) -> here.end());
      here.workUntilEnd();
      work = before;
    }
    Stages.await(stage);
  }

  /** Sees to it that a thread of the container takes the late fall-through, once both are there. */
  private void callLate() {
    LateFallThrough later = late;
    FilterChain chain = transport.chain();
    WaitingThread waiting = work;
    AsyncContext context = async;
    boolean ready = waiting != null || context != null;
    if (later == null || chain == null || !ready || !later.claim()) {
      return;
    }
    if (waiting != null) {
      waiting.add(() -> later.run(chain));
    } else if (context != null) {
      dispatch(context);
    }
  }

  /** Notes that the container has ended the request itself: no thread will come (A3). */
  void abandoned() {
    LateFallThrough later = late;
    if (later != null) {
      later.abandon();
    }
  }

  /** Has the container call the servlet or filter again, which then finds this. */
  void dispatch(AsyncContext context) {
    transport.request().setAttribute(ATTRIBUTE, this);
    context.dispatch();
  }

  /** Runs on the container's thread after a dispatch, in a filter with the chain to go on with. */
  void reenter(@Nullable FilterChain chain) throws IOException, ServletException {
    LateFallThrough later = late;
    if (chain == null || later == null || outcome == Outcome.KILL) {
      Breaker.failDispatch();
      return;
    }
    WaitingThread here = new WaitingThread();
    work = here;
    inside = Thread.currentThread();
    mode = Mode.WAITING;
    later.run(chain);
    here.workUntilEnd();
    leave(Objects.requireNonNull(run));
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException, ServletException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof ServletException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new ServletException(failure);
    }
  }
}
