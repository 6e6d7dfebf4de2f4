package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.pipebridge.internal.Stages;

/** The way to the client of an upgraded connection, blocking, with a small buffer. */
final class UpgradedOutput extends OutputStream {

  private static final int CAPACITY = 8192;

  private final UpgradedStream stream;
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  UpgradedOutput(UpgradedStream stream) {
    this.stream = stream;
  }

  /** Takes what was written and not sent, ready to be read. */
  ByteBuffer take() {
    ByteBuffer taken = buffer.flip();
    buffer = ByteBuffer.allocate(0);
    return taken;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, from.length);
    if (count > buffer.remaining()) {
      flush();
      if (count >= CAPACITY) {
        await(stream.send(ByteBuffer.wrap(from, offset, count), true));
        return;
      }
      buffer = ByteBuffer.allocate(CAPACITY);
    }
    buffer.put(from, offset, count);
  }

  @Override
  public void flush() throws IOException {
    await(stream.send(take(), true));
  }

  /** Waits for a stage of the connection. */
  static <T> T await(CompletionStage<T> stage) throws IOException {
    try {
      Stages.await(stage);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // a connection fails with the above only
      throw new IOException(e);
    }
    return stage.toCompletableFuture().join();
  }
}
