package org.pipebridge.servlet;

import jakarta.servlet.FilterChain;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pipebridge.feature.RequestAbortedException;

/** A fall-through that came when the container's thread had left, and waits for one (W36). */
final class LateFallThrough {

  private final ServletTransport transport;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final AtomicBoolean taken = new AtomicBoolean();

  LateFallThrough(ServletTransport transport) {
    this.transport = transport;
  }

  CompletionStage<Void> done() {
    return done;
  }

  /** Lets one caller, of those who found that all is ready, see to it that a thread comes. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Gives it up if no thread has come for it. */
  void abandon() {
    if (taken.compareAndSet(false, true)) {
      done.completeExceptionally(
          new RequestAbortedException(
              "the container ended the request before it fell through", null));
    }
  }

  /** Calls the chain, on a thread of the container, and then what waits for that. */
  void run(FilterChain chain) {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    Throwable failure = null;
    try {
      transport.handOver(chain);
    } catch (Exception | Error e) {
      failure = e;
    }
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }
}
