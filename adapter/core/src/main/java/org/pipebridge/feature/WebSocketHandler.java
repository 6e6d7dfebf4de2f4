package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * Uses a WebSocket; the socket is closed when its stage ends: with 1000, or with 1011 if it failed
 * (U13), unless a close frame was sent before. The client has five seconds to answer that.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebSocketHandler {

  /**
   * Runs on an open socket.
   *
   * @param socket the socket
   * @return a stage that completes when the handler is done
   * @throws Exception if it fails at once; the socket is then closed with 1011 (U13)
   */
  CompletionStage<Void> run(WebSocket socket) throws Exception;
}
