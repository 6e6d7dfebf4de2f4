package org.pipebridge.test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pipebridge.feature.Headers;
import org.pipebridge.server.exchange.EarlyHints;
import org.pipebridge.server.exchange.Exchange;

/** Keeps the early hints of a response in memory (F53). */
final class MemoryHints extends EarlyHints {

  private final List<Headers> sent = new CopyOnWriteArrayList<>();

  MemoryHints(Exchange exchange) {
    super(exchange);
  }

  @Override
  protected CompletionStage<Void> transmit(Headers lines) {
    sent.add(lines);
    return CompletableFuture.completedStage(null);
  }

  List<Headers> sent() {
    return List.copyOf(sent);
  }
}
