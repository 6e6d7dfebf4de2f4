package org.pipebridge.feature;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Both directions of an upgraded connection (U6), without a limit for what goes over it.
 *
 * <p>One read and one write may be pending, blocking ones included, else {@link
 * IllegalStateException}; the two directions are independent, and may be used by two threads. What
 * follows a stage may block. A server sets no timeout: how long nothing may come is up to the
 * protocol. When the client has reset the connection or the request is aborted, operations fail
 * with {@link RequestAbortedException} (A2, A5).
 *
 * @since 0.1
 */
public interface DuplexStream extends Closeable {

  /**
   * Returns what the client sends, blocking.
   *
   * @return the stream; -1 when the client ended its half
   */
  InputStream input();

  /**
   * Returns the way to the client, blocking, with a small buffer that {@link OutputStream#flush()}
   * sends, or whatever is written next by a stage.
   *
   * @return the stream
   */
  OutputStream output();

  /**
   * Reads once.
   *
   * @param into a writable buffer, the server's until the stage completes
   * @return the number of bytes read, 0 only for a full buffer; -1 when the client ended its half
   */
  CompletionStage<Integer> read(ByteBuffer into);

  /**
   * Writes all remaining bytes of a buffer.
   *
   * @param from the buffer, the server's until the stage completes
   * @return a stage that completes when they were accepted; it may block underneath, as long as the
   *     client takes nothing
   */
  CompletionStage<Void> write(ByteBuffer from);

  /**
   * Sends everything written so far on its way.
   *
   * @return a stage that completes when it was given to the transport
   */
  CompletionStage<Void> flush();

  /**
   * Sends everything written so far and closes both directions. Again: nothing.
   *
   * @throws IOException if not all could be sent; the connection is closed all the same
   */
  @Override
  void close() throws IOException;
}
