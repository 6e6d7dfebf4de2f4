package org.pipebridge.feature;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.pipebridge.internal.Stages;

/**
 * The content of a response (F23).
 *
 * <p>A server must write {@link #stream()}, {@link #start()} and {@link #complete()}; the rest
 * stands on them. A write starts the response and stays in the server's buffer until that is full
 * or flushed (R20). One operation at a time: a second one while a stage is pending is refused with
 * an {@link IllegalStateException} (R51). After an abort operations fail with {@link
 * RequestAbortedException} (A2, A5). ASP.NET Core: {@code IHttpResponseBodyFeature}.
 *
 * @since 0.1
 */
public interface HttpResponseBodyFeature {

  /**
   * Returns the content as a blocking stream: the same object each time.
   *
   * <p>{@code flush()} returns after the bytes were given to the transport (R21); {@code close()}
   * is {@link #complete()}. It throws {@link IllegalStateException} when blocking I/O is switched
   * off (B10), beyond Content-Length (R40), for a status without content (R33), and once the
   * request is over (C12).
   *
   * @return the stream
   */
  OutputStream stream();

  /**
   * Writes all remaining bytes of a buffer.
   *
   * @param from the buffer, heap or direct, the server's until the stage completes (R53)
   * @return a stage that completes when the bytes were accepted
   */
  default CompletionStage<Void> write(ByteBuffer from) {
    Objects.requireNonNull(from, "from");
    try {
      Buffers.write(from, stream());
      return Stages.completed();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Writes what a publisher gives, asking for the next buffer when one was accepted.
   *
   * @param content the content; its failure fails the stage
   * @return a stage that completes when the last byte was accepted
   */
  default CompletionStage<Void> writeAll(Flow.Publisher<ByteBuffer> content) {
    Objects.requireNonNull(content, "content");
    BodySubscriber subscriber = new BodySubscriber(this);
    content.subscribe(subscriber);
    return subscriber.done();
  }

  /**
   * Starts the response if it has not started, and sends everything written so far on its way.
   *
   * @return a stage that completes when the bytes were given to the transport (R21)
   */
  default CompletionStage<Void> flush() {
    try {
      stream().flush();
      return Stages.completed();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * Starts the response: runs the callbacks and freezes the headers (R8). Again: nothing.
   *
   * @return a stage that completes when it has started
   */
  CompletionStage<Void> start();

  /**
   * Ends the response: everything and the end of the message are on the wire (R10). Again: nothing.
   *
   * @return a stage that completes when it is sent; it fails with {@link IllegalStateException} if
   *     the content is shorter than Content-Length (R43)
   */
  CompletionStage<Void> complete();

  /**
   * Sends a range of a file; arguments are checked before the response starts (R60 to R66).
   *
   * @param file the file
   * @param offset where the range begins, in bytes
   * @param count how many bytes; -1 for all up to the end
   * @return a stage that completes when the bytes were accepted
   * @throws IndexOutOfBoundsException if the range is not within the file, perhaps by the stage
   */
  default CompletionStage<Void> sendFile(Path file, long offset, long count) {
    Objects.requireNonNull(file, "file");
    return FileSender.send(this, file, offset, count);
  }

  /** Makes each later write visible to the client at once (R23). Again: nothing. */
  default void disableBuffering() {}

  /**
   * Makes a feature whose content goes to another stream, which is what a middleware sets to see or
   * change what is written (R54, R66).
   *
   * @param stream where content goes; closing it is expected to end what it adds
   * @param prior the feature it replaces: start and complete remain its own
   * @return a feature over the stream
   */
  static HttpResponseBodyFeature of(OutputStream stream, HttpResponseBodyFeature prior) {
    return new StreamResponseBody(stream, prior);
  }
}
