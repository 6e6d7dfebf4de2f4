package org.pipebridge.feature;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a request's content and kept, for somebody who reads it again when the pipeline
 * has handed the request over (W33). Whoever has it closes it.
 *
 * <p>A body feature that buffers is its {@link Keeper}; a server that hands requests over asks for
 * it.
 *
 * @since 0.1
 */
public interface KeptContent extends Closeable {

  /** A body that keeps what it reads. */
  interface Keeper {

    /**
     * Gives away what was kept; the body is closed to its readers from then on.
     *
     * @return the content, or null if nothing was read
     * @throws IOException if not all that was read was kept
     */
    @Nullable KeptContent give() throws IOException;
  }

  /**
   * Returns how many bytes there are.
   *
   * @return the number, more than 0
   */
  long size();

  /**
   * Reads from a position on.
   *
   * @param position the position of the first byte, below the size
   * @param into where to
   * @param offset the first index
   * @param length how many bytes at most, positive
   * @return how many, at least 1
   * @throws IOException if they cannot be read
   */
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /**
   * Reads a multipart form; its files are gone when this is closed.
   *
   * @param contentType the content type, with its boundary
   * @param content the whole content, read to its end
   * @return the form
   * @throws IOException if the content cannot be read, or is no such form (V43, V44)
   */
  Form readMultipart(String contentType, InputStream content) throws IOException;
}
