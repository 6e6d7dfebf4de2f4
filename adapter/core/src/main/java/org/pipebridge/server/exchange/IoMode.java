package org.pipebridge.server.exchange;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.internal.BlockingParts;

/**
 * Who may wait: the blocking parts of a pipeline on the container's thread, or nobody (B11, B13).
 *
 * <pre>
 *   FREE --blocking part on the container's thread--> HELD --its end--> FREE
 *   FREE --first operation while blocking is off--> NON_BLOCKING     for the rest of the request
 * </pre>
 *
 * <p>A container makes its callbacks when its thread has left. So the two exclude each other, in
 * one word: while a blocking part holds that thread, operations block underneath, and a thread
 * waits that waits anyway; once I/O is non-blocking, blocking parts that come to the container's
 * threads run elsewhere. Hence no stage needs a thread that waits for it (P9).
 */
abstract class IoMode implements BlockingParts {

  private static final int FREE = 0; // HELD is positive: how many parts, one in the other
  private static final int NON_BLOCKING = -1;
  private static final VarHandle MODE;

  static {
    try {
      MODE = MethodHandles.lookup().findVarHandle(IoMode.class, "mode", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // accessed through MODE
  private volatile int mode;

  abstract Transport transport();

  final boolean isNonBlocking() {
    return mode == NON_BLOCKING;
  }

  /** Makes I/O non-blocking, if the container can do that and none of its threads is held. */
  final boolean goNonBlocking() {
    if (!transport().mayBeNonBlocking() || !MODE.compareAndSet(this, FREE, NON_BLOCKING)) {
      return false;
    }
    transport().goNonBlocking();
    return true;
  }

  @Override
  public final boolean enter() {
    if (!transport().isOnContainerThread()) {
      return true;
    }
    int seen = mode;
    while (seen != NON_BLOCKING && !MODE.compareAndSet(this, seen, seen + 1)) {
      seen = mode;
    }
    return seen != NON_BLOCKING;
  }

  @Override
  public final void leave() {
    if (mode > FREE && transport().isOnContainerThread()) {
      mode = mode - 1; // while it is positive, the container's thread alone changes it
    }
  }

  @Override
  public final CompletionStage<Void> elsewhere(Part part) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    transport().runElsewhere(() -> transport().resume(() -> run(part, done)));
    return done;
  }

  private static void run(Part part, CompletableFuture<Void> done) {
    try {
      part.run();
    } catch (Throwable e) { // the stage carries whatever the part throws (P7, R16)
      done.completeExceptionally(e);
      return;
    }
    done.complete(null);
  }
}
