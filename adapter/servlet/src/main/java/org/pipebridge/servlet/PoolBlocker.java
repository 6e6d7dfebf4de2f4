package org.pipebridge.servlet;

import java.io.IOException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** I/O that may take long, for which the JDK's pool, if it is done there, lends another thread. */
final class PoolBlocker implements ForkJoinPool.ManagedBlocker {

  private final Io io;
  private @Nullable Exception failure;
  private int count;
  private boolean done;

  private PoolBlocker(Io io) {
    this.io = io;
  }

  /** What takes long, and how many bytes it has moved. */
  @FunctionalInterface
  interface Io {
    int run() throws IOException;
  }

  static int run(Io io) throws IOException {
    PoolBlocker blocker = new PoolBlocker(io);
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RejectedExecutionException noMoreThreads) {
      blocker.block();
    }
    return blocker.result();
  }

  @Override
  public boolean block() {
    try {
      count = io.run();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
    done = true;
    return true;
  }

  @Override
  public boolean isReleasable() {
    return done;
  }

  private int result() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    }
    return count;
  }
}
