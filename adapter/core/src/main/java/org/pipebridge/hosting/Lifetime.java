package org.pipebridge.hosting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.ApplicationLifetime;

/**
 * The life of an application, as told by the host that runs it (S40 to S42).
 *
 * <p>Dependents of a stage run inline, on the thread that tells, before the telling method returns.
 * One that fails is logged and hinders nobody (S41). Nobody but the host can complete the stages.
 * Safe from any thread. ASP.NET Core: {@code ApplicationLifetime}.
 *
 * @since 0.1
 */
public final class Lifetime implements ApplicationLifetime {

  private final Signal started = new Signal("started()");
  private final Signal stopping = new Signal("stopping()");
  private final Signal stopped = new Signal("stopped()");
  private final AtomicBoolean asked = new AtomicBoolean();
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private volatile @Nullable Thread teller;

  /** Creates the lifetime of an application that has not started. */
  public Lifetime() {}

  @Override
  public CompletionStage<Void> started() {
    return started;
  }

  @Override
  public CompletionStage<Void> stopping() {
    return stopping;
  }

  @Override
  public CompletionStage<Void> stopped() {
    return stopped;
  }

  /** Tells that the server answers requests. For the host. */
  public void notifyStarted() {
    started.trigger();
  }

  /**
   * Asks the application to stop: completes {@link #stopping()}, and returns when its dependents
   * have run. Again, or while another thread does so: nothing (S42).
   */
  @Override
  public void stopApplication() {
    if (!asked.compareAndSet(false, true)) {
      return;
    }
    teller = Thread.currentThread();
    try {
      stopping.trigger();
    } finally {
      teller = null;
      told.complete(null);
    }
  }

  /**
   * Waits until the application was asked to stop and the dependents of {@link #stopping()} have
   * run. It does not wait on the thread that is running them. For the host, before it stops the
   * server (S41).
   */
  public void awaitStopping() {
    if (!isTelling()) {
      told.join();
    }
  }

  /** Tells whether the caller is a dependent of {@link #stopping()} that is running now. */
  boolean isTelling() {
    return teller == Thread.currentThread();
  }

  /**
   * Waits as {@link #awaitStopping()} does.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  void awaitStoppingInterruptibly() throws InterruptedException {
    try {
      told.get();
    } catch (ExecutionException e) {
      throw new AssertionError("never fails", e);
    }
  }

  /** Tells that the server has stopped. For the host. */
  public void notifyStopped() {
    stopped.trigger();
  }
}
