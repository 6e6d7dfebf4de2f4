package org.pipebridge.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import org.pipebridge.server.exchange.Exchange;

/** Notices in async mode that the container found the client gone (A3). */
final class AsyncEvents implements AsyncListener {

  private final Exchange exchange;
  private final Ending ending;

  AsyncEvents(Exchange exchange, Ending ending) {
    this.exchange = exchange;
    this.ending = ending;
  }

  @Override
  public void onError(AsyncEvent event) {
    Throwable cause = event.getThrowable();
    exchange.disconnected(cause == null ? new IOException("the container gave no reason") : cause);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    ending.abandoned();
  }

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
