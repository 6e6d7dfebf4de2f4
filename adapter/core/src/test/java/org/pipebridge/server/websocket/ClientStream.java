package org.pipebridge.server.websocket;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.DuplexStream;

/** A connection whose client has sent all it will, and which gives it out in pieces of a size. */
final class ClientStream implements DuplexStream {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteBuffer received;
  private final int pieceBytes;
  private CompletionStage<Void> written = CompletableFuture.completedStage(null);

  ClientStream(byte[] received, int pieceBytes) {
    this.received = ByteBuffer.wrap(received);
    this.pieceBytes = pieceBytes;
  }

  /** Lets writes wait for a stage. */
  ClientStream holdingUp(CompletionStage<Void> written) {
    this.written = written;
    return this;
  }

  /** What the server has sent, as hexadecimal digits. */
  String sent() {
    return HexFormat.of().formatHex(sent.toByteArray());
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer into) {
    if (!into.hasRemaining()) {
      return CompletableFuture.completedStage(0);
    }
    if (!received.hasRemaining()) {
      return CompletableFuture.completedStage(-1);
    }
    int count = Math.min(pieceBytes, Math.min(into.remaining(), received.remaining()));
    byte[] piece = new byte[count];
    received.get(piece);
    into.put(piece);
    return CompletableFuture.completedStage(count);
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    sent.writeBytes(bytes);
    return written;
  }

  @Override
  public CompletionStage<Void> flush() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public InputStream input() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream output() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
