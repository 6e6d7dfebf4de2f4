package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    while (true) {
      int taken = fragments == null ? 0 : fragments.content.limit();
      CompletableFuture<Frame> frame = Stages.adopt(frames.next(maxBytes - taken));
      if (!frame.isDone() || frame.isCompletedExceptionally()) {
        return frame.thenCompose(this::nextFrom);
      }
      CompletionStage<Message> message = take(frame.join());
      if (message != null) {
        return message;
      }
    }
  }

  private CompletionStage<Message> nextFrom(Frame frame) {
    CompletionStage<Message> message = take(frame);
    return message == null ? next() : message;
  }

  /** Takes a frame; null: the next one is needed, too. */
  private @Nullable CompletionStage<Message> take(Frame frame) {
    try {
      Message message =
          switch (frame.opcode()) {
            case Opcode.PING, Opcode.PONG -> null;
            case Opcode.CLOSE -> close(frame.payload());
            default -> data(frame);
          };
      if (message != null) {
        return CompletableFuture.completedStage(message);
      }
    } catch (ProtocolFault e) {
      return CompletableFuture.failedStage(e);
    }
    if (frame.opcode() == Opcode.PING) {
      CompletionStage<Void> answered = answers.write(Opcode.PONG, frame.payload());
      return Stages.isCompleted(answered) ? null : answered.thenCompose(ignored -> next());
    }
    return null;
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
