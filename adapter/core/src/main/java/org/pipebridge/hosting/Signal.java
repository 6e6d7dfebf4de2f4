package org.pipebridge.hosting;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage that only its owner can complete, and that logs what its dependents fail with (S41).
 *
 * <p>It is handed out itself, not as a copy, so {@code signal.runAfterEither(other, ..)} leaves
 * nothing behind when the other stage is complete. As a future it shows a second signal, always the
 * same one: a thread that waits for a future may run some of its dependents, and those of the first
 * one have to be done when {@link #trigger()} returns.
 */
final class Signal extends CompletableFuture<Void> {

  private static final System.Logger LOG = System.getLogger(Lifetime.class.getName());

  private final String name;
  private final @Nullable Signal future;

  Signal(String name) {
    this(name, new Signal(name, null));
  }

  private Signal(String name, @Nullable Signal future) {
    this.name = name;
    this.future = future;
  }

  /** Completes the stage; its dependents have run on return. Again: nothing. */
  void trigger() {
    super.complete(null);
    if (future != null) {
      future.trigger();
    }
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    CompletableFuture<U> dependent = new CompletableFuture<>();
    dependent.whenComplete(
        (value, failure) -> {
          if (failure != null && isDone()) {
            LOG.log(Level.ERROR, "A dependent of " + name + " failed", failure);
          }
        });
    return dependent;
  }

  @Override
  public CompletableFuture<Void> toCompletableFuture() {
    return future == null ? this : future;
  }

  @Override
  public boolean complete(Void value) {
    throw refused();
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    throw refused();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    throw refused();
  }

  @Override
  public void obtrudeValue(Void value) {
    throw refused();
  }

  @Override
  public void obtrudeException(Throwable failure) {
    throw refused();
  }

  @Override
  public CompletableFuture<Void> completeAsync(
      Supplier<? extends Void> supplier, Executor executor) {
    throw refused();
  }

  @Override
  public CompletableFuture<Void> orTimeout(long timeout, TimeUnit unit) {
    throw refused();
  }

  @Override
  public CompletableFuture<Void> completeOnTimeout(Void value, long timeout, TimeUnit unit) {
    throw refused();
  }

  private UnsupportedOperationException refused() {
    return new UnsupportedOperationException(name + " is completed by the host alone");
  }
}
