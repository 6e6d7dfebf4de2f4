package org.pipebridge.servlet;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A thread of the container that waits, and does meanwhile what only it can do. */
final class WaitingThread {

  private static final Runnable END = () -> {};

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  /** Gives it something to do; from any thread. */
  void add(Runnable task) {
    tasks.add(task);
  }

  /** Lets it go when it has done what it was given; from any thread. */
  void end() {
    tasks.add(END);
  }

  /** Works until the end, through interrupts, which are set again on return (P15). */
  void workUntilEnd() {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        Runnable task = tasks.take();
        task.run();
        ended = task == END;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
