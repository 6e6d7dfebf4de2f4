package org.pipebridge.server.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.RequestAbortedException;

/**
 * Whether a request is aborted, and by whom (A1 to A7).
 *
 * <pre>
 *   LIVE --abort--> ABORTING --connection broken--> ABORTED
 *   LIVE --end--> ENDED                              abort after the end: nothing
 * </pre>
 *
 * <p>ABORTING is short and keeps the end of the request from overtaking the transport's abort,
 * which therefore never meets another request's connection.
 */
final class ExchangeLifetime implements HttpRequestLifetimeFeature {

  private enum State {
    LIVE,
    ABORTING,
    ABORTED,
    ENDED
  }

  private static final VarHandle STATE;
  private static final VarHandle ABORTED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(ExchangeLifetime.class, "state", State.class);
      ABORTED = lookup.findVarHandle(ExchangeLifetime.class, "aborted", CompletableFuture.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Exchange exchange;
  private volatile State state = State.LIVE;
  private volatile @Nullable CompletableFuture<Void> aborted;
  private volatile boolean clientGone;
  private volatile @Nullable Thread aborting;

  ExchangeLifetime(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public CompletionStage<Void> aborted() {
    CompletableFuture<Void> future = aborted;
    if (future == null) {
      ABORTED.compareAndSet(this, null, new CompletableFuture<Void>());
      future = Objects.requireNonNull(aborted);
    }
    if (isAborted()) {
      future.complete(null);
    }
    return future.minimalCompletionStage();
  }

  @Override
  public boolean isAborted() {
    State now = state;
    return now == State.ABORTING || now == State.ABORTED;
  }

  @Override
  public void abort() {
    if (!STATE.compareAndSet(this, State.LIVE, State.ABORTING)) {
      return;
    }
    aborting = Thread.currentThread();
    try {
      exchange.transport().abort();
    } catch (RuntimeException | LinkageError e) { // of a container, which may be gone (S3)
      exchange.server().log(System.Logger.Level.DEBUG, "a connection could not be broken", e);
    } finally {
      state = State.ABORTED;
      CompletableFuture<Void> future = aborted;
      if (future != null) {
        future.complete(null);
      }
    }
    exchange.failPending();
  }

  /**
   * Ends it: an abort from now on does nothing (A4). Waits for one that is breaking, unless this
   * thread does that: what it breaks may end the request before it returns.
   */
  void end() {
    while (!STATE.compareAndSet(this, State.LIVE, State.ENDED)
        && state == State.ABORTING
        && aborting != Thread.currentThread()) {
      Thread.onSpinWait();
    }
  }

  /**
   * Notes that the client is gone, as I/O showed.
   *
   * @return what the operation that noticed it throws (A5)
   */
  RequestAbortedException disconnected(Throwable cause) {
    clientGone = true;
    abort();
    return cause instanceof RequestAbortedException known
        ? known
        : new RequestAbortedException("the client is gone", cause);
  }

  /** Whether I/O has shown that nobody is there any more. */
  boolean isClientGone() {
    return clientGone;
  }
}
