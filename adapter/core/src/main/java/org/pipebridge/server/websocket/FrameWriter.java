package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.internal.Stages;

/** Sends whole frames, each after the one before; from any thread. */
final class FrameWriter {

  private static final int MAX_HEAD_BYTES = 10;
  private static final int LENGTH_IN_16_BITS = 126;
  private static final int LENGTH_IN_64_BITS = 127;

  private final DuplexStream stream;
  private final AtomicReference<CompletionStage<Void>> last =
      new AtomicReference<>(Stages.completed());

  FrameWriter(DuplexStream stream) {
    this.stream = stream;
  }

  /**
   * Sends a frame that is a whole message, or a control frame.
   *
   * @return a stage that completes when it was given to the network
   */
  CompletionStage<Void> write(int opcode, ByteBuffer payload) {
    ByteBuffer frame = encode(opcode, payload);
    CompletableFuture<Void> sent = new CompletableFuture<>();
    last.getAndSet(sent)
        .handle((ignored, failure) -> frame)
        .thenCompose(stream::write)
        .thenCompose(ignored -> stream.flush())
        .whenComplete(
            (ignored, failure) -> {
              if (failure == null) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(Stages.unwrap(failure));
              }
            });
    return sent;
  }

  private static ByteBuffer encode(int opcode, ByteBuffer payload) {
    int length = payload.remaining();
    ByteBuffer frame = ByteBuffer.allocate(MAX_HEAD_BYTES + length);
    frame.put((byte) (0x80 | opcode));
    if (length < LENGTH_IN_16_BITS) {
      frame.put((byte) length);
    } else if (length <= 0xffff) {
      frame.put((byte) LENGTH_IN_16_BITS).putShort((short) length);
    } else {
      frame.put((byte) LENGTH_IN_64_BITS).putLong(length);
    }
    return frame.put(payload.duplicate()).flip();
  }
}
