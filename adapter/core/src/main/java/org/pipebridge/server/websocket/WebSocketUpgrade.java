package org.pipebridge.server.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocketHandler;
import org.pipebridge.feature.WebSocketOptions;

/** The handshake of a WebSocket, over whatever upgrades the request (U11, U16). */
public final class WebSocketUpgrade implements HttpWebSocketFeature {

  private static final String KEY = "Sec-WebSocket-Key";
  private static final String ACCEPT = "Sec-WebSocket-Accept";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol";
  private static final String VERSION = "Sec-WebSocket-Version";
  private static final String ONLY_VERSION = "13";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final int UPGRADE_REQUIRED = 426;

  private final FeatureCollection features;
  private final CompletionStage<Void> stopping;

  /**
   * Creates the feature of a request.
   *
   * @param features the features of the request, whose upgrade is used
   * @param stopping completes when the server stops
   */
  public WebSocketUpgrade(FeatureCollection features, CompletionStage<Void> stopping) {
    this.features = features;
    this.stopping = stopping;
  }

  @Override
  public boolean isWebSocketRequest() {
    HttpUpgradeFeature upgrade = features.get(HttpUpgradeFeature.class);
    return upgrade != null
        && upgrade.isUpgradableRequest()
        && features.require(HttpRequestFeature.class).method().equals("GET")
        && list(HeaderNames.UPGRADE).stream().anyMatch("websocket"::equalsIgnoreCase)
        && isKey(request().first(KEY));
  }

  @Override
  public List<String> requestedProtocols() {
    return list(PROTOCOL);
  }

  @Override
  public void accept(WebSocketOptions options, WebSocketHandler handler) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(handler, "handler");
    if (!isWebSocketRequest()) {
      throw new IllegalStateException("this is no request for a WebSocket (RFC 6455, section 4.1)");
    }
    String protocol = options.protocol();
    if (protocol != null && !requestedProtocols().contains(protocol)) {
      throw new IllegalArgumentException(
          "the subprotocol must be one of " + requestedProtocols() + ", but is " + protocol);
    }
    HttpResponseFeature response = features.require(HttpResponseFeature.class);
    String version = request().first(VERSION);
    if (!ONLY_VERSION.equals(version)) {
      response.setStatus(UPGRADE_REQUIRED);
      response.headers().set(VERSION, ONLY_VERSION);
      return;
    }
    response.headers().set(HeaderNames.UPGRADE, "websocket");
    response.headers().set(ACCEPT, answer(Objects.requireNonNull(request().first(KEY))));
    if (protocol != null) {
      response.headers().set(PROTOCOL, protocol);
    }
    upgrade(options, handler);
  }

  private void upgrade(WebSocketOptions options, WebSocketHandler handler) {
    HttpRequestLifetimeFeature lifetime = features.require(HttpRequestLifetimeFeature.class);
    features
        .require(HttpUpgradeFeature.class)
        .upgrade(
            stream -> {
              Session session = new Session(stream, options.maxMessageBytes(), lifetime::abort);
              return new SessionRun(stream, session).run(handler, stopping);
            });
  }

  private Headers request() {
    return features.require(HttpRequestFeature.class).headers();
  }

  private List<String> list(String name) {
    return request().values(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String answer(String key) {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) { // every JDK has it
      throw new IllegalStateException(e);
    }
  }
}
