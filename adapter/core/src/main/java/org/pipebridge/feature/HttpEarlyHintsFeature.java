package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * Sends interim responses with status 103, by which a client can begin to fetch what it is going to
 * need (F53, <a href="https://www.rfc-editor.org/rfc/rfc8297.html">RFC 8297</a>); present only
 * where the server can send them to this client.
 *
 * <p>Some clients of HTTP/1.1 take an interim response for the final one, so browsers heed hints on
 * HTTP/2 only. Hints are for clients that are known to understand them. ASP.NET Core has no such
 * feature.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpEarlyHintsFeature {

  /**
   * Sends an interim response at once. The response itself stays as it is; it should have the same
   * lines once more, for clients that ignore hints.
   *
   * <p>It counts as an operation on the content of the response: one at a time (R51), and none when
   * the request is over.
   *
   * @param hints its header lines, such as {@code Link: </style.css>; rel=preload; as=style}; those
   *     that belong to the connection or to the framing are left out (V9). Without any line nothing
   *     is sent
   * @return a stage that completes when they are on their way. It fails with {@link
   *     IllegalStateException} if the response has started, and with {@link
   *     RequestAbortedException} if the client has gone
   * @throws IllegalArgumentException if a name or a value is not allowed (V3, V4)
   */
  CompletionStage<Void> send(Headers hints);
}
