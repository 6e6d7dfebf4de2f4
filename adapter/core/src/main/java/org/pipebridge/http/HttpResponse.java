package org.pipebridge.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpReasonPhraseFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.feature.ResponseCookies;
import org.pipebridge.feature.ResponseCookiesFeature;
import org.pipebridge.internal.Ascii;
import org.pipebridge.internal.Stages;

/**
 * What goes to the client: a view over the response features of a collection.
 *
 * <p>Operations that block have plain names and throw what went wrong; their twins that give a
 * stage end in {@code Async}. A write starts the response (R1); from then on status and headers can
 * only be read (R2), and each change throws {@link IllegalStateException}. ASP.NET Core: {@code
 * HttpResponse}.
 *
 * @since 0.1
 */
public final class HttpResponse {

  private final FeatureCollection features;

  HttpResponse(FeatureCollection features) {
    this.features = features;
  }

  /**
   * Returns the status code.
   *
   * @return the status; 200 unless set
   */
  public int status() {
    return response().status();
  }

  /**
   * Sets the status code.
   *
   * @param status 200 to 999 (R30)
   * @throws IllegalArgumentException if it is out of range
   * @throws IllegalStateException if the response has started
   */
  public void setStatus(int status) {
    response().setStatus(status);
  }

  /**
   * Returns the header fields.
   *
   * @return the headers, read-only once the response has started (V6)
   */
  public Headers headers() {
    return response().headers();
  }

  /**
   * Returns Content-Type.
   *
   * @return its first value, or null if there is none
   */
  public @Nullable String contentType() {
    return headers().first(HeaderNames.CONTENT_TYPE);
  }

  /**
   * Sets Content-Type.
   *
   * @param contentType the value; null and "" remove the header (C8)
   */
  public void setContentType(@Nullable String contentType) {
    Values.setOrRemove(headers(), HeaderNames.CONTENT_TYPE, contentType);
  }

  /**
   * Returns Content-Length (V8).
   *
   * @return the length in bytes, or empty if none was set
   */
  public OptionalLong contentLength() {
    return headers().contentLength();
  }

  /**
   * Sets Content-Length: exactly that many bytes must be written (R40, R43).
   *
   * @param bytes the length, 0 or more
   * @throws IllegalArgumentException if it is negative
   */
  public void setContentLength(long bytes) {
    headers().setContentLength(bytes);
  }

  /** Removes Content-Length. */
  public void removeContentLength() {
    headers().removeContentLength();
  }

  /**
   * Returns what adds and deletes cookies (V32 to V34).
   *
   * @return the cookies
   */
  public ResponseCookies cookies() {
    return Defaults.get(features, ResponseCookiesFeature.class, HeaderResponseCookies::new)
        .cookies();
  }

  /**
   * Tells whether the response has started (R1).
   *
   * @return whether status and headers are final
   */
  public boolean hasStarted() {
    return response().hasStarted();
  }

  /**
   * Returns the content as a blocking stream.
   *
   * @return the same stream at each call, unless a middleware replaces the body (R54)
   */
  public OutputStream body() {
    return bodyFeature().stream();
  }

  /**
   * Writes a text as UTF-8, without touching Content-Type or Content-Length (C8).
   *
   * @param text the text
   * @throws IOException if it cannot be written
   */
  public void write(String text) throws IOException {
    write(text, StandardCharsets.UTF_8);
  }

  /**
   * Writes a text.
   *
   * @param text the text
   * @param charset its encoding
   * @throws IOException if it cannot be written
   */
  public void write(String text, Charset charset) throws IOException {
    write(Values.encode(text, charset));
  }

  /**
   * Writes bytes.
   *
   * @param bytes the bytes
   * @throws IOException if they cannot be written
   */
  public void write(byte[] bytes) throws IOException {
    body().write(Objects.requireNonNull(bytes, "bytes"));
  }

  /**
   * Writes a text as UTF-8.
   *
   * @param text the text
   * @return a stage that completes when the bytes were accepted
   */
  public CompletionStage<Void> writeAsync(String text) {
    return writeAsync(text, StandardCharsets.UTF_8);
  }

  /**
   * Writes a text.
   *
   * @param text the text
   * @param charset its encoding
   * @return a stage that completes when the bytes were accepted
   */
  public CompletionStage<Void> writeAsync(String text, Charset charset) {
    return writeAsync(ByteBuffer.wrap(Values.encode(text, charset)));
  }

  /**
   * Writes all remaining bytes of a buffer.
   *
   * @param bytes the buffer, heap or direct, not to be touched until the stage completes (R53)
   * @return a stage that completes when the bytes were accepted
   */
  public CompletionStage<Void> writeAsync(ByteBuffer bytes) {
    Objects.requireNonNull(bytes, "bytes");
    try { // not Values.staged: a chunk must not cost an object
      return bodyFeature().write(bytes);
    } catch (IllegalStateException misuse) {
      return CompletableFuture.failedStage(misuse);
    }
  }

  /**
   * Writes what a publisher gives, as fast as the client takes it. An abort of the request cancels
   * the subscription (R53).
   *
   * @param content the content; its failure fails the stage
   * @return a stage that completes when the last byte was accepted
   */
  public CompletionStage<Void> writeAll(Flow.Publisher<ByteBuffer> content) {
    Objects.requireNonNull(content, "content");
    return Values.staged(
        () -> {
          HttpResponseBodyFeature body = bodyFeature();
          CompletionStage<Void> aborted = Defaults.lifetime(features).aborted();
          return AbortableContent.write(content, aborted, body::writeAll);
        });
  }

  /**
   * Sends everything written so far on its way (R21); starts the response if it has not started.
   *
   * @throws IOException if it cannot be sent
   */
  public void flush() throws IOException {
    body().flush();
  }

  /**
   * Sends everything written so far on its way.
   *
   * @return a stage that completes when the bytes were given to the transport
   */
  public CompletionStage<Void> flushAsync() {
    return Values.staged(() -> bodyFeature().flush());
  }

  /**
   * Starts the response: runs the callbacks and freezes the headers (R8). Again: nothing.
   *
   * @throws IOException if it cannot be started
   */
  public void start() throws IOException {
    Values.await(startAsync());
  }

  /**
   * Starts the response.
   *
   * @return a stage that completes when it has started
   */
  public CompletionStage<Void> startAsync() {
    return Values.staged(() -> bodyFeature().start());
  }

  /**
   * Ends the response: everything and the end of the message are on the wire (R10). Again: nothing.
   *
   * @throws IOException if it cannot be sent
   * @throws IllegalStateException if the content is shorter than Content-Length (R43)
   */
  public void complete() throws IOException {
    Values.await(completeAsync());
  }

  /**
   * Ends the response.
   *
   * @return a stage that completes when it is sent
   */
  public CompletionStage<Void> completeAsync() {
    return Values.staged(() -> bodyFeature().complete());
  }

  /**
   * Sends a whole file (R60).
   *
   * @param file the file
   * @throws IOException if it cannot be read or sent
   */
  public void sendFile(Path file) throws IOException {
    sendFile(file, 0, -1);
  }

  /**
   * Sends a range of a file; the arguments are checked before the response starts (R61).
   *
   * @param file the file
   * @param offset where the range begins, in bytes
   * @param count how many bytes; -1 for all up to the end
   * @throws IOException if it cannot be read or sent
   * @throws IndexOutOfBoundsException if the range is not within the file
   */
  public void sendFile(Path file, long offset, long count) throws IOException {
    Values.await(sendFileAsync(file, offset, count));
  }

  /**
   * Sends a whole file.
   *
   * @param file the file
   * @return a stage that completes when the bytes were accepted
   */
  public CompletionStage<Void> sendFileAsync(Path file) {
    return sendFileAsync(file, 0, -1);
  }

  /**
   * Sends a range of a file.
   *
   * @param file the file
   * @param offset where the range begins, in bytes
   * @param count how many bytes; -1 for all up to the end
   * @return a stage that completes when the bytes were accepted
   */
  public CompletionStage<Void> sendFileAsync(Path file, long offset, long count) {
    Objects.requireNonNull(file, "file");
    return Values.staged(() -> bodyFeature().sendFile(file, offset, count));
  }

  /** Makes each later write visible to the client at once (R23). Again: nothing. */
  public void disableBuffering() {
    bodyFeature().disableBuffering();
  }

  /**
   * Answers with 302 and a location.
   *
   * @param location the value of Location, sent exactly as given (C9)
   */
  public void redirect(String location) {
    redirect(location, false, false);
  }

  /**
   * Answers with 301 or 302 and a location.
   *
   * @param location the value of Location, sent exactly as given
   * @param permanent whether clients may remember it: 301
   */
  public void redirect(String location, boolean permanent) {
    redirect(location, permanent, false);
  }

  /**
   * Answers with 301, 302, 307 or 308 and a location.
   *
   * @param location the value of Location, sent exactly as given
   * @param permanent whether clients may remember it: 301 and 308
   * @param preserveMethod whether clients must use the same method again: 307 and 308
   * @throws IllegalArgumentException if the location has characters that no header may (V4)
   */
  public void redirect(String location, boolean permanent, boolean preserveMethod) {
    headers().set(HeaderNames.LOCATION, Objects.requireNonNull(location, "location"));
    if (preserveMethod) {
      setStatus(permanent ? 308 : 307);
    } else {
      setStatus(permanent ? 301 : 302);
    }
  }

  /** Takes back status and headers; callbacks stay (C10). */
  public void clear() {
    HttpResponseFeature response = response();
    response.setStatus(200);
    response.headers().clear();
    HttpReasonPhraseFeature reason = features.get(HttpReasonPhraseFeature.class);
    if (reason != null) {
      reason.setReasonPhrase(null);
    }
  }

  /**
   * Registers what runs right before the response starts, the last registered first (R3).
   *
   * @param callback blocking code; it may change status and headers, but must not write
   * @throws IllegalStateException if the response has started
   */
  public void onStarting(Callback callback) {
    response().onStarting(asynchronous(callback));
  }

  /**
   * Registers what runs right before the response starts, the last registered first (R3).
   *
   * @param callback what gives a stage, which is awaited
   * @throws IllegalStateException if the response has started
   */
  public void onStartingAsync(AsyncCallback callback) {
    response().onStarting(Objects.requireNonNull(callback, "callback"));
  }

  /**
   * Registers what runs when the response was sent, or has failed; the last registered first (R7).
   *
   * @param callback blocking code; it must not use the bodies
   */
  public void onCompleted(Callback callback) {
    response().onCompleted(asynchronous(callback));
  }

  /**
   * Registers what runs when the response was sent, or has failed; the last registered first (R7).
   *
   * @param callback what gives a stage, which is awaited
   */
  public void onCompletedAsync(AsyncCallback callback) {
    response().onCompleted(Objects.requireNonNull(callback, "callback"));
  }

  /**
   * Closes something when the response was sent, or has failed; the last registered first (C11).
   *
   * @param resource what to close
   */
  public void closeAtEnd(AutoCloseable resource) {
    onCompleted(Objects.requireNonNull(resource, "resource")::close);
  }

  /**
   * Tells whether this response can carry trailers (T8).
   *
   * @return whether {@link #appendTrailer} may be called
   */
  public boolean supportsTrailers() {
    return features.get(HttpResponseTrailersFeature.class) != null;
  }

  /**
   * Announces a trailer in the field {@code Trailer} (T6).
   *
   * @param name a token
   * @throws IllegalArgumentException if it is none
   * @throws IllegalStateException if the response has started
   */
  public void declareTrailer(String name) {
    Headers headers = headers();
    if (!Ascii.isToken(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException(
          "a trailer's name must be a token, but is \"" + name + '"');
    }
    headers.appendCommaSeparated(HeaderNames.TRAILER, name);
  }

  /**
   * Adds a trailer, to be sent after the content (T4).
   *
   * @param name a token
   * @param value the value
   * @throws IllegalStateException if this response cannot carry trailers, or is complete
   */
  public void appendTrailer(String name, String value) {
    features.require(HttpResponseTrailersFeature.class).trailers().add(name, value);
  }

  private static AsyncCallback asynchronous(Callback callback) {
    Objects.requireNonNull(callback, "callback");
    return () -> {
      callback.run();
      return Stages.completed();
    };
  }

  private HttpResponseFeature response() {
    return features.require(HttpResponseFeature.class);
  }

  private HttpResponseBodyFeature bodyFeature() {
    return features.require(HttpResponseBodyFeature.class);
  }
}
