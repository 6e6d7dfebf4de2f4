package org.pipebridge.feature;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * An open WebSocket, one whole message at a time (U12 to U15).
 *
 * <p>One pending receive, send and ping at most, else {@link IllegalStateException}; each may be on
 * its own thread. Bytes of the client are taken in, and its pings answered (U15), while a receive
 * is pending only: a handler that does not receive slows its client down. What follows a stage may
 * block. When the server stops, the client is sent 1001. ASP.NET Core: {@code
 * System.Net.WebSockets.WebSocket}.
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
   * The client's wish to close, or its answer to ours; the last message. It is answered already.
   *
   * @param code the close code, RFC 6455 section 7.4; 1005 if the client gave none
   * @param reason the reason, perhaps ""
   */
  record Close(int code, String reason) implements Message {}

  /**
   * Receives the next message.
   *
   * @return a stage with the message; it fails with {@link RequestAbortedException} if the
   *     connection is lost (U14), with {@link BadHttpRequestException} if the client broke the
   *     protocol, sent text that is not UTF-8 or too much (U13), for which it was sent a close
   *     frame already, and with {@link IllegalStateException} after a last message
   */
  CompletionStage<Message> receive();

  /**
   * Sends a message in one frame.
   *
   * @param message the message; a {@link Close} is as {@link #close}
   * @return a stage that completes when it was accepted; it fails with {@link
   *     IllegalStateException} when a close frame was sent
   */
  CompletionStage<Void> send(Message message);

  /**
   * Sends a ping.
   *
   * @param payload up to 125 bytes
   * @return a stage that completes when it was accepted; the client's pong is dropped
   * @throws IllegalArgumentException if it has more bytes
   */
  CompletionStage<Void> ping(ByteBuffer payload);

  /**
   * Sends a close frame, unless one was sent; the client's answer is the last message that is
   * received (U14).
   *
   * @param code the close code: 1000 to 1014 without 1004 to 1006, or 3000 to 4999
   * @param reason the reason, perhaps "", up to 123 bytes in UTF-8
   * @return a stage that completes when the close frame was accepted
   * @throws IllegalArgumentException if code or reason cannot be sent
   */
  CompletionStage<Void> close(int code, String reason);

  /** Breaks the connection. */
  void abort();
}
