package org.pipebridge.servlet;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps calls to an AsyncContext apart from a container that takes it back by itself, on another
 * thread. Tomcat's objects are at once those of another request, which a call that is still under
 * way would complete; so the container waits for the call, and no other begins (C14).
 */
final class AsyncGate {

  private final ReentrantLock lock = new ReentrantLock();
  private boolean takenBack;

  /** Enters for a call, after which {@link #exit} must follow; false: the request has ended. */
  boolean enter() {
    lock.lock();
    if (takenBack) {
      lock.unlock();
      return false;
    }
    return true;
  }

  void exit() {
    lock.unlock();
  }

  /** Waits for a call that is under way, and lets no other begin. */
  void takeBack() {
    lock.lock();
    takenBack = true;
    lock.unlock();
  }
}
