package org.pipebridge.server.exchange;

import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestIdentifierFeature;

/** A name for one request, made when it is first asked for (F25). */
final class RequestIdentifier implements HttpRequestIdentifierFeature {

  private final Exchange exchange;
  private @Nullable String identifier;

  RequestIdentifier(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String traceIdentifier() {
    exchange.checkAlive();
    String known = identifier;
    if (known == null) {
      known = exchange.server().nextIdentifier();
      identifier = known;
    }
    return known;
  }

  @Override
  public void setTraceIdentifier(@Nullable String traceIdentifier) {
    exchange.checkAlive();
    identifier = traceIdentifier;
  }
}
