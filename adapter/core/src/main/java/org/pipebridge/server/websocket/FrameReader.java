package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/**
 * Reads the frames of a client, one after the other (RFC 6455, section 5).
 *
 * <p>A frame that is too long is refused by its head, before its content is read.
 */
final class FrameReader {

  private static final int BUFFER_BYTES = 8192;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int LENGTH_IN_16_BITS = 126;
  private static final int LENGTH_IN_64_BITS = 127;
  private static final int MASK_BYTES = 4;

  private final DuplexStream stream;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private @Nullable Incoming current;

  FrameReader(DuplexStream stream) {
    this.stream = stream;
  }

  /** A frame whose content is coming in. */
  private record Incoming(boolean last, int opcode, int mask, ByteBuffer payload) {}

  /** Says whether there is a frame, or a part of one, that was read already. */
  boolean hasBytes() {
    return buffer.hasRemaining();
  }

  /**
   * Reads the next frame.
   *
   * @param room how many bytes a data frame may have
   * @return a stage with the frame; it fails with a ProtocolFault, or a RequestAbortedException if
   *     the connection is lost (U14)
   */
  CompletionStage<Frame> next(int room) {
    while (true) {
      try {
        Frame frame = parse(room);
        if (frame != null) {
          return CompletableFuture.completedStage(frame);
        }
      } catch (ProtocolFault e) {
        return CompletableFuture.failedStage(e);
      }
      CompletableFuture<Integer> read = Stages.adopt(stream.read(buffer.compact()));
      if (!read.isDone()) {
        return read.handle((count, failure) -> received(failure == null ? count : -1))
            .thenCompose(more -> more ? next(room) : lost());
      }
      if (!received(read.isCompletedExceptionally() ? -1 : read.join())) {
        return lost();
      }
    }
  }

  private boolean received(int count) {
    buffer.flip();
    return count >= 0;
  }

  private static CompletionStage<Frame> lost() {
    return CompletableFuture.failedStage(
        new RequestAbortedException("the connection ended without a close handshake", null));
  }

  private @Nullable Frame parse(int room) throws ProtocolFault {
    Incoming frame = current == null ? parseHead(room) : current;
    current = frame;
    if (frame == null) {
      return null;
    }
    unmask(frame);
    if (frame.payload.hasRemaining()) {
      return null;
    }
    current = null;
    return new Frame(frame.last, frame.opcode, frame.payload.flip());
  }

  private void unmask(Incoming frame) {
    ByteBuffer payload = frame.payload;
    for (int left = Math.min(buffer.remaining(), payload.remaining()); left > 0; left--) {
      int shift = 24 - 8 * (payload.position() % MASK_BYTES);
      payload.put((byte) (buffer.get() ^ (frame.mask >> shift)));
    }
  }

  /** Parses a head if all of it is there. */
  private @Nullable Incoming parseHead(int room) throws ProtocolFault {
    int start = buffer.position();
    if (buffer.remaining() < 2) {
      return null;
    }
    int first = buffer.get(start) & 0xff;
    int second = buffer.get(start + 1) & 0xff;
    int opcode = first & 0x0f;
    boolean last = (first & 0x80) != 0;
    checkHead(first, second, opcode, last);
    int size = 2 + lengthBytes(second & 0x7f) + MASK_BYTES;
    if (buffer.remaining() < size) {
      return null;
    }
    long length = length(second & 0x7f, start + 2);
    if (!Opcode.isControl(opcode) && length > room) {
      throw new ProtocolFault(CloseCode.TOO_BIG, "a message is larger than is allowed");
    }
    int mask = buffer.getInt(start + size - MASK_BYTES);
    buffer.position(start + size);
    return new Incoming(last, opcode, mask, ByteBuffer.allocate((int) length));
  }

  private static void checkHead(int first, int second, int opcode, boolean last)
      throws ProtocolFault {
    if ((first & 0x70) != 0 || !Opcode.isKnown(opcode)) {
      throw fault("a frame with reserved bits or an unknown opcode: " + first);
    }
    if ((second & 0x80) == 0) {
      throw fault("a frame of a client without a mask");
    }
    if (Opcode.isControl(opcode) && (!last || (second & 0x7f) > MAX_CONTROL_BYTES)) {
      throw fault("a control frame that is fragmented or too long");
    }
  }

  private static int lengthBytes(int length) {
    return length == LENGTH_IN_16_BITS ? 2 : length == LENGTH_IN_64_BITS ? 8 : 0;
  }

  private long length(int length, int at) throws ProtocolFault {
    long given =
        switch (length) {
          case LENGTH_IN_16_BITS -> buffer.getShort(at) & 0xffff;
          case LENGTH_IN_64_BITS -> buffer.getLong(at);
          default -> length;
        };
    boolean shortest =
        switch (length) {
          case LENGTH_IN_16_BITS -> given >= LENGTH_IN_16_BITS;
          case LENGTH_IN_64_BITS -> given > 0xffff;
          default -> true;
        };
    if (!shortest) {
      throw fault("a length of " + given + " that is not written in its shortest form");
    }
    return given;
  }

  private static ProtocolFault fault(String message) {
    return new ProtocolFault(CloseCode.PROTOCOL_ERROR, message);
  }
}
