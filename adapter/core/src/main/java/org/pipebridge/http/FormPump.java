package org.pipebridge.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.internal.Stages;

/** Feeds the content of a request to a form's parser, read by read. */
final class FormPump {

  private static final int BUFFER_SIZE = 8192;

  private final HttpRequestBodyFeature body;
  private final FormParser parser;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
  private final CompletableFuture<Long> done = new CompletableFuture<>();
  private long total;

  FormPump(HttpRequestBodyFeature body, FormParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** Returns a stage with the number of bytes there were. */
  CompletionStage<Long> run() {
    next();
    return done;
  }

  /** Goes on while reads complete at once, so that a large form does not deepen the stack (B14). */
  private void next() {
    try {
      while (true) {
        CompletableFuture<Integer> read = Stages.adopt(body.read(buffer.clear()));
        if (!read.isDone()) {
          read.whenComplete(this::resume);
          return;
        }
        if (!take(read.join())) {
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e instanceof CompletionException ? Stages.unwrap(e) : e);
    }
  }

  private void resume(@Nullable Integer count, @Nullable Throwable failure) {
    if (count == null) {
      done.completeExceptionally(failure == null ? new NullPointerException("count") : failure);
      return;
    }
    try {
      if (take(count)) {
        next();
      }
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private boolean take(int count) throws IOException {
    if (count < 0) {
      done.complete(total);
      return false;
    }
    total += count;
    parser.feed(buffer.array(), 0, count);
    return true;
  }
}
