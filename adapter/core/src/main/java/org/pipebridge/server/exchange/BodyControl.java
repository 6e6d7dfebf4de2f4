package org.pipebridge.server.exchange;

import org.pipebridge.feature.HttpBodyControlFeature;

/**
 * The switch for blocking I/O on the bodies of one exchange (B10 to B12).
 *
 * <p>The first operation that finds it off decides whether I/O is non-blocking, unless one has run
 * while it was on: then operations go on as that did (B11).
 */
final class BodyControl implements HttpBodyControlFeature {

  private final Exchange exchange;
  private boolean allowed;
  private boolean wentAsynchronous;
  private boolean decided;

  BodyControl(Exchange exchange) {
    this.exchange = exchange;
    this.allowed = exchange.server().options().allowSynchronousIo();
  }

  @Override
  public boolean allowSynchronousIo() {
    exchange.checkAlive();
    return allowed;
  }

  @Override
  public void setAllowSynchronousIo(boolean allow) {
    exchange.checkAlive();
    if (allow && wentAsynchronous) {
      throw new IllegalStateException(
          "blocking I/O cannot be allowed again: an asynchronous operation has run without it (B12)");
    }
    allowed = allow;
    decided |= !allow && exchange.hasUsedBodies();
  }

  /** Whether an asynchronous operation that begins now must not block. */
  boolean isNonBlocking() {
    if (!allowed && !decided) {
      decided = true;
      exchange.goNonBlocking();
    }
    return exchange.isNonBlocking();
  }

  void noteAsynchronous() {
    wentAsynchronous |= !allowed;
  }

  void checkSynchronous(String operation) {
    if (!allowed) {
      exchange.checkAlive();
      throw new IllegalStateException(
          "blocking "
              + operation
              + " while allowSynchronousIo is false; use the operation that"
              + " gives a stage, or allow it");
    }
  }
}
