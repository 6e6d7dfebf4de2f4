package org.pipebridge.feature;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Both directions of an upgraded connection (U6).
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
   * Returns the way to the client, blocking.
   *
   * @return the stream
   */
  OutputStream output();

  /**
   * Reads once.
   *
   * @param into a writable buffer
   * @return the number of bytes read; -1 when the client ended its half
   */
  CompletionStage<Integer> read(ByteBuffer into);

  /**
   * Writes all remaining bytes of a buffer.
   *
   * @param from the buffer
   * @return a stage that completes when they were accepted
   */
  CompletionStage<Void> write(ByteBuffer from);

  /**
   * Sends everything written so far on its way.
   *
   * @return a stage that completes when it was given to the transport
   */
  CompletionStage<Void> flush();
}
