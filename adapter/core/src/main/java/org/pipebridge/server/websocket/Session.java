package org.pipebridge.server.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.internal.Stages;

/**
 * A WebSocket on an upgraded connection (U12 to U15).
 *
 * <pre>
 *   ours:    OPEN --close, the client's close, a fault, the server's stop--> CLOSING
 *   theirs:  OPEN --close frame--> CLOSED      a fault or a lost connection--> BROKEN
 * </pre>
 *
 * Once ours is CLOSING only that close frame is sent; once theirs is not OPEN nothing is received.
 */
final class Session implements WebSocket {

  private static final int MAX_PING_BYTES = 125;
  private static final int MAX_REASON_BYTES = 123;
  private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

  /** How the client's side stands. */
  enum Theirs {
    OPEN,
    CLOSED,
    BROKEN
  }

  private final DuplexStream stream;
  private final FrameReader frames;
  private final FrameWriter writer;
  private final MessageReader messages;
  private final Runnable abort;
  private final AtomicBoolean receiving = new AtomicBoolean();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicBoolean pinging = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile Theirs theirs = Theirs.OPEN;
  private volatile CompletionStage<Void> closeSent = Stages.completed();
  private volatile CompletionStage<?> lastReceive = Stages.completed();

  /**
   * Opens a socket.
   *
   * @param stream the connection
   * @param maxBytes the largest message that is taken
   * @param abort breaks the connection
   */
  Session(DuplexStream stream, int maxBytes, Runnable abort) {
    this.stream = stream;
    this.frames = new FrameReader(stream);
    this.writer = new FrameWriter(stream);
    this.messages = new MessageReader(frames, writer, maxBytes);
    this.abort = abort;
  }

  @Override
  public CompletionStage<Message> receive() {
    if (theirs != Theirs.OPEN) {
      return misuse("nothing comes after the last message of the client");
    }
    if (!receiving.compareAndSet(false, true)) {
      return misuse("another receive on this WebSocket has not ended");
    }
    // what was read already is given out by a thread that is not inside the application
    CompletionStage<Integer> unwound =
        frames.hasBytes() ? stream.read(NO_ROOM) : CompletableFuture.completedStage(0);
    CompletionStage<Message> received =
        unwound.thenCompose(ignored -> messages.next()).handle(this::received).thenCompose(s -> s);
    lastReceive = received;
    return received;
  }

  private CompletionStage<Message> received(@Nullable Message message, @Nullable Throwable thrown) {
    CompletionStage<Message> result;
    if (thrown == null && message != null) {
      result = CompletableFuture.completedStage(message);
      if (message instanceof Close close) {
        theirs = Theirs.CLOSED;
        result = sendClose(close).handle((ignored, failure) -> message);
      }
    } else {
      theirs = Theirs.BROKEN;
      Throwable failure = Stages.unwrap(Objects.requireNonNull(thrown));
      result =
          failure instanceof ProtocolFault fault
              ? refuse(fault)
              : CompletableFuture.failedStage(failure);
    }
    receiving.set(false);
    return result;
  }

  private CompletionStage<Message> refuse(ProtocolFault fault) {
    BadHttpRequestException failure =
        new BadHttpRequestException(400, "the client of a WebSocket sent " + fault.getMessage());
    return sendClose(new Close(fault.code(), ""))
        .handle((ignored, unsent) -> CompletableFuture.<Message>failedStage(failure))
        .thenCompose(stage -> stage);
  }

  @Override
  public CompletionStage<Void> send(Message message) {
    if (message instanceof Close close) {
      return close(close.code(), close.reason());
    }
    if (closing.get()) {
      return misuse("the WebSocket is closed; nothing can be sent any more");
    }
    if (!sending.compareAndSet(false, true)) {
      return misuse("another send on this WebSocket has not ended");
    }
    CompletionStage<Void> sent =
        message instanceof Text text
            ? writer.write(
                Opcode.TEXT, ByteBuffer.wrap(text.text().getBytes(StandardCharsets.UTF_8)))
            : writer.write(Opcode.BINARY, ((Binary) message).data());
    return sent.whenComplete((ignored, failure) -> sending.set(false));
  }

  @Override
  public CompletionStage<Void> ping(ByteBuffer payload) {
    if (payload.remaining() > MAX_PING_BYTES) {
      throw new IllegalArgumentException(
          "a ping has at most 125 bytes, but this has " + payload.remaining());
    }
    if (closing.get()) {
      return misuse("the WebSocket is closed; nothing can be sent any more");
    }
    if (!pinging.compareAndSet(false, true)) {
      return misuse("another ping on this WebSocket has not ended");
    }
    return writer
        .write(Opcode.PING, payload)
        .whenComplete((ignored, failure) -> pinging.set(false));
  }

  @Override
  public CompletionStage<Void> close(int code, String reason) {
    Close close = new Close(code, Objects.requireNonNull(reason, "reason"));
    if (!CloseCode.isSendable(code)) {
      throw new IllegalArgumentException("a WebSocket cannot be closed with the code " + code);
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
      throw new IllegalArgumentException("a reason has at most 123 bytes, but is " + reason);
    }
    return sendClose(close);
  }

  @Override
  public void abort() {
    abort.run();
  }

  /** Sends a close frame, the first only. */
  CompletionStage<Void> sendClose(Close close) {
    if (!closing.compareAndSet(false, true)) {
      return closeSent;
    }
    byte[] reason = close.reason().getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + reason.length);
    if (close.code() != CloseCode.NONE) {
      payload.putShort((short) close.code()).put(reason);
    }
    CompletionStage<Void> sent = writer.write(Opcode.CLOSE, payload.flip());
    closeSent = sent;
    return sent;
  }

  Theirs theirs() {
    return theirs;
  }

  /** Ends when no receive is pending any more, however it went. */
  CompletionStage<Void> received() {
    return lastReceive.handle((message, failure) -> null);
  }

  private static <T> CompletionStage<T> misuse(String what) {
    return CompletableFuture.failedStage(new IllegalStateException(what));
  }
}
