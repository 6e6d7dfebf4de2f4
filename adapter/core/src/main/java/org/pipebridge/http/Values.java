package org.pipebridge.http;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Headers;
import org.pipebridge.internal.Stages;

/** What the views share. */
final class Values {

  private Values() {}

  static void setOrRemove(Headers headers, String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.set(name, value);
    }
  }

  static byte[] encode(String text, Charset charset) {
    return Objects.requireNonNull(text, "text")
        .getBytes(Objects.requireNonNull(charset, "charset"));
  }

  /** Runs an operation that gives a stage: that the request is over is told by the stage, too. */
  static <T> CompletionStage<T> staged(Supplier<CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (IllegalStateException misuse) {
      return CompletableFuture.failedStage(misuse);
    }
  }

  /** Waits for an operation on a body; it throws what the operation failed with. */
  static <T> T await(CompletionStage<T> stage) throws IOException {
    try {
      Stages.await(stage);
      return Stages.adopt(stage).join();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
