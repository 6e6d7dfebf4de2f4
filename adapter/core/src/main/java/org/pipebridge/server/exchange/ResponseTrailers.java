package org.pipebridge.server.exchange;

import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.internal.Ascii;

/** The trailers of a response, for transports that can send some (T3 to T7). */
public final class ResponseTrailers implements HttpResponseTrailersFeature {

  private final Exchange exchange;
  private final Own own = new Own();
  private @Nullable Headers replacement;
  private boolean dropped;

  /**
   * Creates the feature, without a trailer.
   *
   * @param exchange whose response it is
   */
  public ResponseTrailers(Exchange exchange) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
  }

  /**
   * Tells whether trailers follow the content of a response on HTTP/1.1: it is chunked, and the
   * client accepts them, or the application has announced them (T5).
   *
   * @param status its status
   * @param headers its headers
   * @param contentLength the length it declares, or -1
   * @param te the field TE of the request, or null
   * @return whether they are sent
   */
  public static boolean canFollow(
      int status, ResponseHeaders headers, long contentLength, @Nullable String te) {
    boolean chunked = contentLength < 0 && status != 204 && status != 205 && status != 304;
    return chunked && (acceptsTrailers(te) || headers.contains(HeaderNames.TRAILER));
  }

  private static boolean acceptsTrailers(@Nullable String te) {
    if (te != null) {
      for (String coding : te.split(",", -1)) {
        if (Ascii.equalsIgnoreCase(coding.split(";", 2)[0].strip(), "trailers")) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Headers trailers() {
    exchange.checkAlive();
    return replacement == null ? own : replacement;
  }

  @Override
  public void setTrailers(Headers trailers) {
    Objects.requireNonNull(trailers, "trailers");
    checkOpen();
    replacement = trailers.equals(own) ? null : trailers;
  }

  /**
   * Tells whether there is anything to send, for the transport.
   *
   * @return whether there is no trailer
   */
  public boolean isEmpty() {
    boolean none = replacement == null ? own.isEmpty() : replacement.names().isEmpty();
    return dropped || none;
  }

  /**
   * Gives each line that is sent, in order, for the transport.
   *
   * @param action takes names and values
   */
  public void forEachSent(BiConsumer<String, String> action) {
    if (dropped) {
      return;
    }
    Lines sent = own;
    if (replacement != null) {
      sent = new Lines();
      replacement.forEach(sent::add); // which checks names and values, whoever has made it (V3, V4)
    }
    sent.forEachAllowed(action);
  }

  /** Drops the trailers: an error answer has none (T7). */
  public void clear() {
    dropped = true;
  }

  private void checkOpen() {
    exchange.checkAlive();
    if (exchange.isContentClosed()) {
      throw new IllegalStateException(
          "trailers must be set before the response is complete, but it is");
    }
  }

  /** Lines of which those are sent that may be trailers. */
  private static class Lines extends HeaderMap {

    boolean isEmpty() {
      return lineCount() == 0;
    }

    void forEachAllowed(BiConsumer<String, String> action) {
      for (int line = 0; line < lineCount(); line++) {
        if (!TrailerNames.isForbidden(lineName(line))) {
          action.accept(lineName(line), lineValue(line).strip());
        }
      }
    }
  }

  private final class Own extends Lines {

    @Override
    protected void beforeRead() {
      exchange.checkAlive();
    }

    @Override
    protected void beforeWrite() {
      checkOpen();
    }
  }
}
