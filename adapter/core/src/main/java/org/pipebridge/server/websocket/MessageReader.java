package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.feature.WebSocket.Message;
import org.pipebridge.internal.Stages;

/** Puts whole messages together (U12, U13), and answers pings on the way (U15). */
final class MessageReader {

  private static final int CODE_BYTES = 2;

  private final FrameReader frames;
  private final FrameWriter answers;
  private final int maxBytes;
  private @Nullable Fragments fragments;

  MessageReader(FrameReader frames, FrameWriter answers, int maxBytes) {
    this.frames = frames;
    this.answers = answers;
    this.maxBytes = maxBytes;
  }

  /** A message of which more is to come. */
  private static final class Fragments {

    private final int opcode;
    private ByteBuffer content;

    Fragments(Frame first) {
      opcode = first.opcode();
      content = first.payload();
    }

    /** Adds a piece; the room grows at least by half, so that many small ones cost little. */
    void add(ByteBuffer piece) {
      int size = content.limit() + piece.remaining();
      if (size > content.capacity()) {
        ByteBuffer larger =
            ByteBuffer.allocate(Math.max(size, content.capacity() + content.capacity() / 2));
        content = larger.put(content).flip();
      }
      content.limit(size).position(size - piece.remaining());
      content.put(piece).flip();
    }
  }

  /** Reads the next message; see {@link FrameReader#next} for what it fails with. */
  CompletionStage<Message> next() {
    CompletableFuture<Message> result = new CompletableFuture<>();
    goOn(null, result);
    return result;
  }

  /** Takes frames until they make a message, with one future for all, however many there are. */
  private void goOn(@Nullable Frame first, CompletableFuture<Message> result) {
    try {
      boolean more = first == null || take(first, result);
      while (more) {
        int taken = fragments == null ? 0 : fragments.content.limit();
        CompletableFuture<Frame> frame = Stages.adopt(frames.next(maxBytes - taken));
        if (!frame.isDone()) {
          frame.whenComplete((read, failure) -> resume(read, failure, result));
          return;
        }
        more = take(frame.join(), result);
      }
    } catch (RuntimeException | Error e) { // whoever waits must hear of it
      result.completeExceptionally(Stages.unwrap(e));
    }
  }

  private void resume(
      @Nullable Frame frame, @Nullable Throwable failure, CompletableFuture<Message> result) {
    if (frame == null) {
      result.completeExceptionally(Stages.unwrap(Objects.requireNonNull(failure)));
    } else {
      goOn(frame, result);
    }
  }

  /** Takes a frame; returns whether the next one is needed, too, and can be read. */
  private boolean take(Frame frame, CompletableFuture<Message> result) {
    try {
      Message message =
          switch (frame.opcode()) {
            case Opcode.PING, Opcode.PONG -> null;
            case Opcode.CLOSE -> close(frame.payload());
            default -> data(frame);
          };
      if (message != null) {
        result.complete(message);
        return false;
      }
    } catch (ProtocolFault e) {
      result.completeExceptionally(e);
      return false;
    }
    return frame.opcode() != Opcode.PING || isAnswered(frame, result);
  }

  /** Answers a ping; false: what follows waits until that is sent. */
  private boolean isAnswered(Frame ping, CompletableFuture<Message> result) {
    CompletionStage<Void> answered = answers.write(Opcode.PONG, ping.payload());
    if (Stages.isCompleted(answered)) {
      return true;
    }
    answered.whenComplete(
        (ignored, failure) -> {
          if (failure == null) {
            goOn(null, result);
          } else {
            result.completeExceptionally(Stages.unwrap(failure));
          }
        });
    return false;
  }

  private @Nullable Message data(Frame frame) throws ProtocolFault {
    Fragments before = fragments;
    if ((frame.opcode() == Opcode.CONTINUATION) != (before != null)) {
      throw new ProtocolFault(CloseCode.PROTOCOL_ERROR, "a fragment in the wrong place");
    }
    Fragments all = before == null ? new Fragments(frame) : before;
    if (before != null) {
      before.add(frame.payload());
    }
    fragments = frame.last() ? null : all;
    if (!frame.last()) {
      return null;
    }
    return all.opcode == Opcode.TEXT
        ? new WebSocket.Text(text(all.content))
        : new WebSocket.Binary(all.content);
  }

  private static Message close(ByteBuffer payload) throws ProtocolFault {
    if (!payload.hasRemaining()) {
      return new WebSocket.Close(CloseCode.NONE, "");
    }
    int code = payload.remaining() < CODE_BYTES ? 0 : payload.getShort() & 0xffff;
    if (!CloseCode.isSendable(code)) {
      throw new ProtocolFault(CloseCode.PROTOCOL_ERROR, "a close frame with the code " + code);
    }
    return new WebSocket.Close(code, text(payload));
  }

  private static String text(ByteBuffer bytes) throws ProtocolFault {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolFault(CloseCode.NOT_CONSISTENT, "text that is not UTF-8");
    }
  }
}
