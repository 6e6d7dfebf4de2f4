package org.pipebridge.internal;

import java.util.concurrent.CompletionStage;

/**
 * Where the blocking parts of a pipeline may run (B13): a feature of servers that have threads
 * which must not wait.
 */
public interface BlockingParts {

  /**
   * Notes that a blocking part begins on this thread.
   *
   * @return whether it may; then {@link #leave()} must follow when it has ended
   */
  boolean enter();

  /** Notes that a blocking part has ended, on the thread on which it began. */
  void leave();

  /**
   * Runs a blocking part on a thread that may wait.
   *
   * @param part what to run
   * @return a stage that ends as it does
   */
  CompletionStage<Void> elsewhere(Part part);

  /** Blocking code. */
  @FunctionalInterface
  interface Part {

    /**
     * Runs it.
     *
     * @throws Exception whatever it fails with
     */
    void run() throws Exception;
  }
}
