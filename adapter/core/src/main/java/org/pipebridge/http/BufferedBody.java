package org.pipebridge.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.KeptContent;
import org.pipebridge.internal.Stages;

/**
 * A request's content that can be read again: what was read once is kept until the request is
 * complete (C7).
 *
 * <p>Reads give what is kept, as long as the position is within that, and then go on with the body
 * that this one replaced.
 */
final class BufferedBody implements HttpRequestBodyFeature, KeptContent.Keeper {

  private static final int CONTENT_TOO_LARGE = 413;

  private final FeatureCollection features;
  private final HttpRequestBodyFeature prior;
  private final SpillStore kept;
  private final long limit;
  private final InputStream stream = new KeptStream();
  private long position;
  private boolean overLimit;
  private volatile boolean given;

  private BufferedBody(
      FeatureCollection features, HttpRequestBodyFeature prior, int threshold, long limit) {
    this.features = features;
    this.prior = prior;
    this.kept = new SpillStore(threshold);
    this.limit = limit;
  }

  /** Replaces the body of a request, unless that was done before. */
  static void enable(FeatureCollection features, int threshold, long limit) {
    if (threshold < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "threshold and limit must not be negative, but are " + threshold + " and " + limit);
    }
    HttpRequestBodyFeature prior =
        Defaults.get(features, HttpRequestBodyFeature.class, EmptyBody::new);
    if (!(prior instanceof BufferedBody)) {
      BufferedBody body = new BufferedBody(features, prior, threshold, limit);
      features.require(HttpResponseFeature.class).onCompleted(body::end);
      features.set(HttpRequestBodyFeature.class, body);
    }
  }

  static @Nullable BufferedBody find(FeatureCollection features) {
    return features.get(HttpRequestBodyFeature.class) instanceof BufferedBody body ? body : null;
  }

  static BufferedBody require(FeatureCollection features) {
    BufferedBody body = find(features);
    if (body == null) {
      throw new IllegalStateException(
          "content can be read again after enableBuffering(), which was not called");
    }
    return body;
  }

  void rewind() {
    checkOpen();
    position = 0;
  }

  @Override
  public InputStream stream() {
    return stream;
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer into) {
    if (Objects.requireNonNull(into, "into").isReadOnly()) {
      throw new IllegalArgumentException("the buffer to read into must not be read-only");
    }
    try {
      checkOpen();
      if (position < kept.size()) {
        return CompletableFuture.completedStage(readKept(into));
      }
      checkLimit();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    int start = into.position();
    CompletionStage<Integer> read = prior.read(into);
    CompletableFuture<Integer> done = new CompletableFuture<>();
    read.whenComplete((count, failure) -> complete(done, into, start, count, failure));
    return done.minimalCompletionStage();
  }

  private void complete(
      CompletableFuture<Integer> done,
      ByteBuffer into,
      int start,
      @Nullable Integer count,
      @Nullable Throwable failure) {
    if (failure != null || count == null) {
      done.completeExceptionally(Stages.unwrap(Objects.requireNonNull(failure)));
      return;
    }
    try {
      if (count > 0) {
        byte[] bytes = new byte[count];
        into.duplicate().position(start).get(bytes);
        keep(bytes, 0, count);
      }
      done.complete(count);
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private int readKept(ByteBuffer into) throws IOException {
    byte[] bytes = new byte[(int) Math.min(into.remaining(), kept.size() - position)];
    int count = kept.read(position, bytes, 0, bytes.length);
    into.put(bytes, 0, count);
    position += count;
    return count;
  }

  private void keep(byte[] bytes, int offset, int count) throws IOException {
    if (count > limit - kept.size()) {
      overLimit = true;
    }
    checkLimit();
    kept.append(bytes, offset, count);
    position += count;
  }

  /** What was read beyond the limit is lost: reading cannot go on. */
  private void checkLimit() throws IOException {
    if (overLimit) {
      throw new BadHttpRequestException(
          CONTENT_TOO_LARGE, "the content is longer than the " + limit + " bytes to be buffered");
    }
  }

  private void checkOpen() {
    if (given || kept.isClosed()) {
      throw new IllegalStateException(
          "the request is complete: its content cannot be read any more");
    }
  }

  private void checkBlocking() {
    HttpBodyControlFeature control = features.get(HttpBodyControlFeature.class);
    if (control != null && !control.allowSynchronousIo()) {
      throw new IllegalStateException("blocking I/O is switched off; use read(ByteBuffer)");
    }
  }

  @Override
  public @Nullable KeptContent give() throws IOException {
    checkOpen();
    checkLimit();
    given = kept.size() > 0;
    return given ? new GivenContent(kept, features.get(FormOptions.class)) : null;
  }

  private CompletionStage<Void> end() throws IOException {
    if (!given) {
      kept.close();
    }
    return Stages.completed();
  }

  private final class KeptStream extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      checkOpen();
      if (position < kept.size()) {
        checkBlocking();
        int count = kept.read(position, into, offset, length);
        position += count;
        return count;
      }
      checkLimit();
      int count = prior.stream().read(into, offset, length);
      if (count > 0) {
        keep(into, offset, count);
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      checkOpen();
      long left = kept.size() - position;
      return left > 0 ? (int) Math.min(left, Integer.MAX_VALUE) : prior.stream().available();
    }
  }
}
