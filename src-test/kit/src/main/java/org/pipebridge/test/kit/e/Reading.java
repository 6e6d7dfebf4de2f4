package org.pipebridge.test.kit.e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Writing;

/** The ways to read content. */
enum Reading {

  /** By the stream. */
  BLOCKING,

  /** By operations that give a stage. */
  ASYNC,

  /** By the same, with blocking switched off (B11). */
  NON_BLOCKING;

  private static final int BUFFER = 8 * 1024;

  /** The end of a scenario's name. */
  String suffix() {
    return switch (this) {
      case BLOCKING -> "Blocking";
      case ASYNC -> "Asynchronously";
      case NON_BLOCKING -> "WithoutBlocking";
    };
  }

  /** How an application must be written that reads so: a handler holds the container's thread. */
  Writing writing() {
    return this == NON_BLOCKING ? Writing.COMPLETED_STAGE : Writing.HANDLER;
  }

  /** Reads to the end and hands over each piece. */
  CompletionStage<Void> each(HttpContext context, Sink sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    if (this == NON_BLOCKING) {
      context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    }
    if (this != BLOCKING) {
      return Loop.repeat(
          () ->
              context
                  .request()
                  .read(buffer.clear())
                  .thenCompose(
                      count ->
                          count < 0
                              ? CompletableFuture.completedStage(false)
                              : sink.take(buffer.flip()).thenApply(taken -> true)));
    }
    InputStream stream = context.request().body();
    return Loop.repeat(
        () -> {
          int count = stream.read(buffer.array());
          return count < 0
              ? CompletableFuture.completedStage(false)
              : sink.take(buffer.clear().limit(count)).thenApply(taken -> true);
        });
  }

  /** Reads to the end. */
  CompletionStage<String> text(HttpContext context) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    return each(
            context,
            piece -> {
              all.write(piece.array(), piece.position(), piece.remaining());
              return CompletableFuture.completedStage(null);
            })
        .thenApply(ended -> all.toString(StandardCharsets.UTF_8));
  }

  /** Reads once, a byte at most. */
  CompletionStage<Integer> once(HttpContext context) throws IOException {
    return this != BLOCKING
        ? context.request().read(ByteBuffer.allocate(1))
        : CompletableFuture.completedStage(context.request().body().read(new byte[1]));
  }

  /** Takes a piece of content. */
  @FunctionalInterface
  interface Sink {
    /** Takes it; the buffer is used again when the stage completes. */
    CompletionStage<?> take(ByteBuffer piece);
  }
}
