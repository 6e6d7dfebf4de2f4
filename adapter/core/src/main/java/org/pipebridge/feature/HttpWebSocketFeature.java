package org.pipebridge.feature;

import java.util.List;

/**
 * Turns a request into a WebSocket (F38, U11 to U16); present where the server can.
 *
 * <pre>{@code
 * HttpWebSocketFeature sockets = context.features().require(HttpWebSocketFeature.class);
 * sockets.accept(WebSocketOptions.DEFAULT, socket -> socket.send(new WebSocket.Text("hello")));
 * }</pre>
 *
 * <p>ASP.NET Core: {@code IHttpWebSocketFeature}. See <a
 * href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>.
 *
 * @since 0.1
 */
public interface HttpWebSocketFeature {

  /**
   * Tells whether this request asks for a WebSocket (RFC 6455, section 4.1), of whatever version.
   *
   * @return whether {@link #accept} may be called
   */
  boolean isWebSocketRequest();

  /**
   * Returns the subprotocols the client offers, in its order.
   *
   * @return the names, unmodifiable
   */
  List<String> requestedProtocols();

  /**
   * Answers with the WebSocket handshake and hands the socket to a handler, once the application's
   * stage is complete.
   *
   * @param options subprotocol and limits
   * @param handler what uses the socket
   * @throws IllegalArgumentException if the subprotocol was not requested (U11)
   * @throws IllegalStateException if this is no WebSocket request, the response has started, or too
   *     many connections are upgraded (U9)
   */
  void accept(WebSocketOptions options, WebSocketHandler handler);
}
