package org.pipebridge.server.exchange;

import java.util.Objects;
import java.util.StringTokenizer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.UpgradeHandler;
import org.pipebridge.internal.Ascii;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.websocket.WebSocketUpgrade;

/** The wish to turn a connection over, until the application's stage is complete (U1 to U4). */
final class Upgrade implements HttpUpgradeFeature {

  private final Exchange exchange;
  private @Nullable UpgradeHandler handler;
  private @Nullable HttpWebSocketFeature webSocket;

  Upgrade(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public boolean isUpgradableRequest() {
    exchange.checkAlive();
    return !exchange.transport().canHaveBody() && asks(requestHeaders());
  }

  @Override
  public void upgrade(UpgradeHandler handler) {
    Objects.requireNonNull(handler, "handler");
    if (!isUpgradableRequest()) {
      throw new IllegalStateException(
          "the request cannot be upgraded: HTTP/1.1, Connection: Upgrade and no content are"
              + " expected (U1)");
    }
    if (!exchange.head().isNew()) {
      throw new IllegalStateException(
          isDue()
              ? "a request can be upgraded once"
              : "a request must be upgraded before its response starts, but it has");
    }
    exchange.server().countUpgrade();
    this.handler = handler;
    exchange.requestBody().size().freeze();
    CompletionStage<Void> start = exchange.head().startUpgrade();
    Throwable failure = Stages.isDone(start) ? Stages.failureOf(start) : null;
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  /** The feature that makes a WebSocket of it (F38). */
  HttpWebSocketFeature webSocket() {
    if (webSocket == null) {
      webSocket = new WebSocketUpgrade(exchange.features(), exchange.server().stopping());
    }
    return webSocket;
  }

  /** Whether the application has asked for it. */
  boolean isDue() {
    return handler != null;
  }

  /** Names the protocol in the response, as the client did first, unless the application has. */
  void nameProtocol(Headers response) {
    String asked = requestHeaders().first(HeaderNames.UPGRADE);
    if (asked != null && !response.contains(HeaderNames.UPGRADE)) {
      response.set(HeaderNames.UPGRADE, asked.split(",", 2)[0].strip());
    }
  }

  CompletionStage<Void> run(DuplexStream stream) throws Exception {
    return Objects.requireNonNull(handler).run(stream);
  }

  private Headers requestHeaders() {
    HttpRequestFeature request = exchange.transport().feature(HttpRequestFeature.class);
    return Objects.requireNonNull(request, "a server without a request line").headers();
  }

  private static boolean asks(Headers request) {
    for (String line : request.values(HeaderNames.CONNECTION)) {
      StringTokenizer options = new StringTokenizer(line, ", \t");
      while (options.hasMoreTokens()) {
        if (Ascii.equalsIgnoreCase(options.nextToken(), HeaderNames.UPGRADE)) {
          return true;
        }
      }
    }
    return false;
  }
}
