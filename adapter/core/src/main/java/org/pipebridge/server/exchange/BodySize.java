package org.pipebridge.server.exchange;

import java.util.OptionalLong;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;

/** The limit for the content of one request (L1 to L6). */
final class BodySize implements HttpMaxRequestBodySizeFeature {

  private final Exchange exchange;
  private long limit;
  private boolean frozen;

  BodySize(Exchange exchange) {
    this.exchange = exchange;
    this.limit = exchange.server().options().maxRequestBodySize().orElse(Long.MAX_VALUE);
  }

  @Override
  public boolean isReadOnly() {
    exchange.checkAlive();
    return frozen;
  }

  @Override
  public OptionalLong maxRequestBodySize() {
    exchange.checkAlive();
    return limit == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit);
  }

  @Override
  public void setMaxRequestBodySize(OptionalLong bytes) {
    exchange.checkAlive();
    if (bytes.isPresent() && bytes.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "maxRequestBodySize must not be negative, but is " + bytes.getAsLong());
    }
    if (frozen) {
      throw new IllegalStateException(
          "the size limit must be set before the content is read, but a read has begun");
    }
    limit = bytes.orElse(Long.MAX_VALUE);
  }

  long limit() {
    return limit;
  }

  boolean isFrozen() {
    return frozen;
  }

  void freeze() {
    frozen = true;
  }
}
