package org.pipebridge.test;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.server.exchange.Exchange;
import org.pipebridge.server.exchange.RequestTrailers;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.ResponseTrailers;

/** The trailers of a request in memory and of its response, by the rules of its protocol. */
final class MemoryTrailers {

  private final InMemoryRequest sent;
  private final Received received;
  private final ResponseTrailers response;
  private final boolean http1;
  private boolean follow;

  MemoryTrailers(InMemoryRequest sent, Exchange exchange) {
    this.sent = sent;
    this.http1 = sent.protocol().startsWith("HTTP/1");
    this.received = new Received(exchange, http1);
    this.response = new ResponseTrailers(exchange);
  }

  <T> @Nullable T find(Class<T> type) {
    if (sent.protocol().equals("HTTP/1.0")) {
      return null;
    }
    if (type == HttpRequestTrailersFeature.class) {
      return type.cast(received);
    }
    return type == HttpResponseTrailersFeature.class ? type.cast(response) : null;
  }

  void begin(int status, ResponseHeaders headers, long contentLength) {
    long length = http1 ? contentLength : -1;
    String te = http1 ? sent.header("TE") : "trailers";
    follow =
        ResponseTrailers.canFollow(status, headers, length, te) && !sent.method().equals("HEAD");
  }

  boolean areGiven() {
    return !response.isEmpty();
  }

  void drop() {
    response.clear();
  }

  HeaderMap sent() {
    HeaderMap lines = new HeaderMap();
    if (follow) {
      response.forEachSent(lines::add);
    }
    return lines;
  }

  private final class Received extends RequestTrailers {

    Received(Exchange exchange, boolean http1) {
      super(exchange, http1);
    }

    @Override
    protected boolean haveCome() {
      return true;
    }

    @Override
    protected void forEach(BiConsumer<String, String> action) {
      sent.trailers().forEach(line -> action.accept(line.getKey(), line.getValue()));
    }
  }
}
