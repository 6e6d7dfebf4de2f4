package org.pipebridge.server.exchange;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestTrailersFeature;

/** The trailers of a request, taken from a transport when they are asked for (T1 to T3). */
public abstract class RequestTrailers implements HttpRequestTrailersFeature {

  private final Exchange exchange;
  private final boolean onlyChunked;
  private @Nullable Received received;

  /**
   * Creates the feature.
   *
   * @param exchange whose request it is
   * @param onlyChunked whether content of a declared length has no trailers, as on HTTP/1.1
   */
  protected RequestTrailers(Exchange exchange, boolean onlyChunked) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
    this.onlyChunked = onlyChunked;
  }

  /**
   * Tells whether the transport has the trailers, given that the content was read to its end.
   *
   * @return whether they have come
   */
  protected abstract boolean haveCome();

  /**
   * Gives each line as it came.
   *
   * @param action takes names and values
   */
  protected abstract void forEach(BiConsumer<String, String> action);

  @Override
  public final boolean available() {
    exchange.checkAlive();
    return received != null || hasNone() || exchange.isContentRead() && haveCome();
  }

  @Override
  public final Headers trailers() {
    if (!available()) {
      throw new IllegalStateException(
          "trailers come after the content, which must be read to its end before");
    }
    if (received == null) {
      Received lines = new Received(exchange);
      if (!hasNone()) {
        forEach(lines::receive);
        exchange.checkAlive(); // a container may have used its objects again (C14)
      }
      received = lines;
    }
    return received;
  }

  private boolean hasNone() {
    Transport transport = exchange.transport();
    return !transport.canHaveBody() || onlyChunked && transport.requestContentLength() >= 0;
  }

  private static final class Received extends HeaderMap {

    private final Exchange exchange;

    Received(Exchange exchange) {
      this.exchange = exchange;
    }

    void receive(String name, String value) {
      if (!TrailerNames.isForbidden(name)) {
        addReceived(name, value);
      }
    }

    @Override
    protected void beforeRead() {
      exchange.checkAlive();
    }

    @Override
    protected void beforeWrite() {
      exchange.checkAlive();
    }
  }
}
