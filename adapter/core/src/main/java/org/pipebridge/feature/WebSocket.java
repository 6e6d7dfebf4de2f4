package org.pipebridge.feature;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * An open WebSocket, one whole message at a time (U12 to U15).
 *
 * <p>One pending receive and one pending send at most, else {@link IllegalStateException}. ASP.NET
 * Core: {@code System.Net.WebSockets.WebSocket}.
 *
 * @since 0.1
 */
public interface WebSocket {

  /** A message. */
  sealed interface Message permits Text, Binary, Close {}

  /**
   * A text message.
   *
   * @param text its content
   */
  record Text(String text) implements Message {}

  /**
   * A binary message.
   *
   * @param data its content
   */
  record Binary(ByteBuffer data) implements Message {}

  /**
   * The client's wish to close; the last message.
   *
   * @param code the close code, RFC 6455 section 7.4
   * @param reason the reason, perhaps ""
   */
  record Close(int code, String reason) implements Message {}

  /**
   * Receives the next message.
   *
   * @return a stage with the message; it fails with {@link RequestAbortedException} if the
   *     connection is lost (U14)
   */
  CompletionStage<Message> receive();

  /**
   * Sends a message.
   *
   * @param message the message
   * @return a stage that completes when it was accepted
   */
  CompletionStage<Void> send(Message message);

  /**
   * Sends a ping.
   *
   * @param payload up to 125 bytes
   * @return a stage that completes when it was accepted
   */
  CompletionStage<Void> ping(ByteBuffer payload);

  /**
   * Closes the socket with a handshake.
   *
   * @param code the close code
   * @param reason the reason, perhaps ""
   * @return a stage that completes when the close frame was accepted
   */
  CompletionStage<Void> close(int code, String reason);

  /** Breaks the connection. */
  void abort();
}
