package org.pipebridge.servlet;

import jakarta.servlet.FilterChain;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;
import org.pipebridge.internal.Waiting;

/**
 * The part of an {@link Ending} that knows the container's thread: while that waits it runs what it
 * is given, and it alone may go on with the chain of a filter (P9, W30, W36).
 */
abstract class ContainerThread implements Waiting {

  final ServletTransport transport;
  private volatile @Nullable Thread inside = Thread.currentThread();
  private volatile @Nullable WaitingThread work;
  private volatile @Nullable LateFallThrough late;

  ContainerThread(ServletTransport transport) {
    this.transport = transport;
  }

  /** Whether the container can be made to call the filter again. */
  abstract boolean canCallAgain();

  abstract void callAgain();

  /** Notes that the container's thread is about to leave the request. */
  final void leave() {
    inside = null;
  }

  /** Notes that the container's thread is going to wait, in {@link #workUntilEnd()}. */
  final void beginWork() {
    work = new WaitingThread();
  }

  final void workUntilEnd() {
    Objects.requireNonNull(work).workUntilEnd();
  }

  final void endWork() {
    Objects.requireNonNull(work).end();
  }

  /** Gives the thread, if it waits, its last thing to do; false: it does not wait. */
  final boolean endWorkWith(Runnable step) {
    WaitingThread waiting = work;
    if (waiting == null) {
      return false;
    }
    waiting.add(step);
    waiting.end();
    return true;
  }

  /** Goes on with the chain of a fall-through filter: here, or on a thread to come (W30, W36). */
  final CompletionStage<Void> fallThrough(FilterChain chain) throws Exception {
    if (Thread.currentThread() == inside) {
      transport.handOver(chain);
      return Stages.completed();
    }
    if (transport.signals() != null) {
      throw new IllegalStateException(
          "the request cannot go on to the application behind: its content was moved without"
              + " blocking, and that needs another way back to the container's thread (W36)");
    }
    LateFallThrough later = new LateFallThrough(transport);
    late = later;
    callLate();
    return later.done();
  }

  /** Waits in a blocking part, and takes a fall-through that needs this very thread (P9, W30). */
  @Override
  public final void await(CompletionStage<?> stage) throws Exception {
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
  final void callLate() {
    LateFallThrough later = late;
    FilterChain chain = transport.chain();
    WaitingThread waiting = work;
    boolean ready = waiting != null || canCallAgain();
    if (later == null || chain == null || !ready || !later.claim()) {
      return;
    }
    if (waiting != null) {
      waiting.add(() -> later.run(chain));
    } else {
      callAgain();
    }
  }

  /** The fall-through that came when the container's thread had left, if there is one. */
  final @Nullable LateFallThrough late() {
    return late;
  }

  /** Makes this thread, on which the container called again, the one that waits. */
  final WaitingThread comeBack() {
    WaitingThread here = new WaitingThread();
    work = here;
    inside = Thread.currentThread();
    return here;
  }
}
