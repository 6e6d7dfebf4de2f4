package org.pipebridge.feature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.FileTarget;
import org.pipebridge.internal.Stages;

/** Copies a range of a file into a response body, one buffer at a time (R60 to R66). */
final class FileSender {

  private static final int BUFFER_SIZE = 64 * 1024;

  private final HttpResponseBodyFeature body;
  private final FileChannel channel;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final ByteBuffer buffer;
  private long position;
  private long remaining;

  private FileSender(HttpResponseBodyFeature body, FileChannel channel, long offset, long count) {
    this.body = body;
    this.channel = channel;
    this.position = offset;
    this.remaining = count;
    this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, count));
  }

  static CompletionStage<Void> send(
      HttpResponseBodyFeature body, Path file, long offset, long count) {
    try {
      FileChannel channel = open(file);
      try {
        long size = channel.size();
        check(file, offset, count, size);
        return new FileSender(body, channel, offset, count < 0 ? size - offset : count).run();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("a file to send must be a regular file: " + file);
    }
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  private static void check(Path file, long offset, long count, long size) {
    if (offset < 0 || offset > size || count < -1 || count > size - offset) {
      throw new IndexOutOfBoundsException(
          "the range of %d bytes at %d is not within the %d bytes of %s"
              .formatted(count, offset, size, file));
    }
  }

  private CompletionStage<Void> run() {
    if (body instanceof FileTarget target) {
      target.expect(remaining).whenComplete((ignored, failure) -> next(failure));
    } else if (remaining == 0) {
      body.start().whenComplete((ignored, failure) -> next(failure));
    } else {
      next(null); // a write starts the response, or is refused before that (R33, R40)
    }
    return done.minimalCompletionStage();
  }

  /** Goes on while writes complete at once, so that a large file does not deepen the stack. */
  private void next(@Nullable Throwable failure) {
    if (failure != null) {
      end(Stages.unwrap(failure));
      return;
    }
    try {
      while (remaining > 0) {
        CompletionStage<Void> written = body.write(fill());
        if (!Stages.isCompleted(written)) {
          written.whenComplete((ignored, error) -> next(error));
          return;
        }
      }
      end(null);
    } catch (IOException | RuntimeException e) {
      end(e);
    }
  }

  private ByteBuffer fill() throws IOException {
    buffer.clear().limit((int) Math.min(buffer.capacity(), remaining));
    int count = channel.read(buffer, position);
    if (count < 0) {
      throw new IOException("the file became shorter by " + remaining + " bytes while it was sent");
    }
    position += count;
    remaining -= count;
    return buffer.flip();
  }

  private void end(@Nullable Throwable failure) {
    Throwable result = failure;
    try {
      channel.close();
    } catch (IOException e) {
      result = result == null ? e : result;
    }
    if (result == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(result);
    }
  }
}
