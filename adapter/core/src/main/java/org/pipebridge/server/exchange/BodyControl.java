package org.pipebridge.server.exchange;

import org.pipebridge.feature.HttpBodyControlFeature;

/** The switch for blocking I/O on the bodies of one exchange (B10 to B12). */
final class BodyControl implements HttpBodyControlFeature {

  private final Exchange exchange;
  private boolean allowed;
  private boolean wentAsynchronous;

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
