package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.feature.HttpMinDataRateFeature;
import org.pipebridge.feature.HttpReasonPhraseFeature;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.server.exchange.EarlyHints;
import org.pipebridge.server.exchange.ReasonPhrase;
import org.pipebridge.server.exchange.RequestTrailers;
import org.pipebridge.server.exchange.ResponseHeaders;
import org.pipebridge.server.exchange.ResponseTrailers;

/**
 * What goes beside status, headers and content, as far as protocol and container have it: the
 * reason phrase (F45), trailers (F39, F40), early hints (F53), and how slow a client may be (F48).
 * Most requests never make one of these.
 */
final class ServletExtras {

  static final List<Class<?>> TYPES =
      List.of(
          HttpReasonPhraseFeature.class,
          HttpMinDataRateFeature.class,
          HttpRequestTrailersFeature.class,
          HttpResponseTrailersFeature.class,
          HttpEarlyHintsFeature.class);

  private final ServletTransport transport;
  private @Nullable ReasonPhrase reasonPhrase;
  private @Nullable HttpMinDataRateFeature minDataRate;
  private @Nullable RequestTrailers requestTrailers;
  private @Nullable ResponseTrailers responseTrailers;
  private @Nullable EarlyHints earlyHints;
  private boolean begun;
  private boolean following;

  ServletExtras(ServletTransport transport) {
    this.transport = transport;
  }

  @Nullable Object find(Class<?> type) {
    if (type == HttpReasonPhraseFeature.class) {
      return reasonPhrase();
    } else if (type == HttpRequestTrailersFeature.class) {
      return requestTrailers();
    } else if (type == HttpMinDataRateFeature.class) {
      return minDataRate();
    } else if (type == HttpEarlyHintsFeature.class) {
      return earlyHints();
    }
    return responseTrailers();
  }

  private @Nullable ReasonPhrase reasonPhrase() {
    if (reasonPhrase == null && transport.server().setReasonPhrase(transport.request(), null)) {
      reasonPhrase = new ReasonPhrase(transport.exchange());
    }
    return reasonPhrase;
  }

  private @Nullable HttpMinDataRateFeature minDataRate() {
    if (minDataRate == null) {
      minDataRate =
          transport.server().minDataRate(transport.request(), transport.exchange()::checkAlive);
    }
    return minDataRate;
  }

  private @Nullable EarlyHints earlyHints() {
    boolean possible = !transport.isInclude() && !transport.isTurnedOver();
    if (earlyHints == null
        && possible
        && transport.server().canSendHints(transport.request(), transport.response())) {
      earlyHints = new Hints(transport);
    }
    return earlyHints;
  }

  private @Nullable RequestTrailers requestTrailers() {
    if (requestTrailers == null && hasTrailers() && areOwn()) {
      requestTrailers = new Received(transport);
    }
    return requestTrailers;
  }

  /** Whether what the container gives as trailers of a request came with that request (F7). */
  private boolean areOwn() {
    return !transport.isHttp1() || transport.server().keepsTrailersApart(transport.request());
  }

  /** Trailers that are asked for too late were not announced, so nobody would get them (T5). */
  private @Nullable ResponseTrailers responseTrailers() {
    boolean possible = !begun && hasTrailers();
    if (responseTrailers == null && possible && transport.server().sendsTrailers(transport)) {
      responseTrailers = new ResponseTrailers(transport.exchange());
    }
    return responseTrailers;
  }

  /** HTTP/1.0 has none, and neither has what is included in something else (W42). */
  private boolean hasTrailers() {
    return !transport.isInclude() && !transport.request().getProtocol().equals("HTTP/1.0");
  }

  /**
   * Tells whether trailers are to follow the response that begins (T5). Behind HTTP/1.1 they need
   * neither chunks nor a client that asks for them.
   */
  static boolean canFollow(
      ServletResponseSide transport, int status, ResponseHeaders headers, long contentLength) {
    boolean http1 = transport.isHttp1();
    if (http1 && contentLength >= 0) {
      return false;
    }
    ServletExtras extras = transport.existingExtras();
    boolean used = !http1 && extras != null && extras.responseTrailers != null;
    String te = used ? "trailers" : transport.request().getHeader(HeaderNames.TE);
    return ResponseTrailers.canFollow(status, headers, -1, te) && !transport.isHead();
  }

  /**
   * Gives the container what it has to know before the head leaves. A container that knows of
   * trailers chunks the content, whatever its length, so it is told only if they are to be sent.
   */
  void begin(boolean trailersFollow) {
    if (reasonPhrase != null) {
      transport.server().setReasonPhrase(transport.request(), reasonPhrase.sent());
    }
    ResponseTrailers trailers = trailersFollow ? responseTrailers() : null;
    if (trailers != null) {
      offer(trailers);
    }
    begun = true;
  }

  private void offer(ResponseTrailers trailers) {
    HttpServletResponse response = transport.response();
    try {
      response.setTrailerFields(() -> fields(trailers));
      if (transport.isHttp1()
          && transport.server().container(transport.request()) == ContainerKind.UNDERTOW) {
        // else it ends content by closing where the connection is not kept, without trailers
        response.setHeader(HeaderNames.TRANSFER_ENCODING, "chunked");
      }
      following = true;
    } catch (IllegalStateException e) {
      responseTrailers = null; // a filter in front has made them impossible, by a length of its own
    }
  }

  /** The servlet API takes one value for a name, so several become a list. */
  private static Map<String, String> fields(ResponseTrailers trailers) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    trailers.forEachSent((name, value) -> fields.merge(name, value, (a, b) -> a + ", " + b));
    return fields;
  }

  /** Whether the container will ask for trailers at the end. */
  boolean areTrailersFollowing() {
    return following;
  }

  boolean hasResponseTrailers() {
    return responseTrailers != null && !responseTrailers.isEmpty();
  }

  /** Forgets what an error answer must not have. */
  void drop() {
    if (reasonPhrase != null) {
      reasonPhrase.clear();
    }
    if (responseTrailers != null) {
      responseTrailers.clear();
    }
  }

  private static final class Hints extends EarlyHints {

    private final ServletTransport transport;

    Hints(ServletTransport transport) {
      super(transport.exchange());
      this.transport = transport;
    }

    @Override
    protected CompletionStage<Void> transmit(Headers lines) throws IOException {
      return transport.server().sendHints(transport.request(), transport.response(), lines);
    }
  }

  private static final class Received extends RequestTrailers {

    private final HttpServletRequest request;

    Received(ServletTransport transport) {
      super(transport.exchange(), transport.isHttp1());
      this.request = transport.request();
    }

    @Override
    protected boolean haveCome() {
      return request.isTrailerFieldsReady();
    }

    @Override
    protected void forEach(BiConsumer<String, String> action) {
      request
          .getTrailerFields()
          .forEach((name, value) -> action.accept(name, ServletRequestHeaders.utf8(value)));
    }
  }
}
