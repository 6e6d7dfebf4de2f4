package org.pipebridge.feature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The content of a request (F21).
 *
 * <p>A server must write {@link #stream()}; the rest stands on it. Nothing is read from the client
 * before the first operation (Q22). One read at a time: a second one while a stage is pending is
 * refused with an {@link IllegalStateException} (Q24). ASP.NET Core: {@code
 * IHttpRequestBodyFeature} of {@code IHttpRequestFeature.Body}.
 *
 * @since 0.1
 */
public interface HttpRequestBodyFeature {

  /**
   * Returns the content as a blocking stream: the same object each time.
   *
   * <p>It throws {@link BadHttpRequestException} for what the client did wrong and for the size
   * limit (Q21, L1, L2), {@link RequestAbortedException} after an abort (A2), {@link
   * IllegalStateException} when blocking I/O is switched off (B10) or the request is over (C12).
   *
   * @return the stream; the server closes it
   */
  InputStream stream();

  /**
   * Reads once. It may block where blocking I/O is allowed (B10).
   *
   * @param into a writable buffer, heap or direct (B17), the server's until the stage completes
   * @return the number of bytes read; -1 at the end; 0 only for a buffer without room
   * @throws IllegalArgumentException if the buffer is read-only (B17)
   */
  default CompletionStage<Integer> read(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
    if (into.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to read into must not be read-only");
    }
    try {
      return CompletableFuture.completedStage(Buffers.read(stream(), into));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Returns the content as a publisher for one subscriber, which gets buffers of its own, as many
   * as it asks for (B16).
   *
   * @return the publisher
   */
  default Flow.Publisher<ByteBuffer> publisher() {
    return new BodyPublisher(this);
  }

  /**
   * Makes a feature of a stream, which is what a middleware sets to replace the content (Q23).
   *
   * @param stream the content
   * @return a feature over it
   */
  static HttpRequestBodyFeature of(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    return () -> stream;
  }
}
