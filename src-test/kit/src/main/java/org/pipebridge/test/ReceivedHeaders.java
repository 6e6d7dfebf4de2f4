package org.pipebridge.test;

import org.pipebridge.feature.HeaderMap;

/** Header lines as they came, usable until the request is over (C12). */
final class ReceivedHeaders extends HeaderMap {

  private final Runnable check;

  ReceivedHeaders(Runnable check) {
    this.check = check;
  }

  void receive(String name, String value) {
    addReceived(name, value);
  }

  @Override
  protected void beforeRead() {
    check.run();
  }

  @Override
  protected void beforeWrite() {
    check.run();
  }
}
