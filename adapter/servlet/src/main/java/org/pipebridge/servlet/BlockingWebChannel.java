package org.pipebridge.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Executor;
import org.pipebridge.internal.AsyncChannel;

/**
 * An upgraded connection of Undertow as a channel: a thread of its own waits for bytes in each
 * read, and the thread that writes waits.
 *
 * <p>Undertow fills its upgraded input on a thread of its own while that is said to be ready, so
 * nobody can safely listen to it.
 */
final class BlockingWebChannel extends AsyncChannel {

  private final WebConnection connection;
  private final ServletOutputStream out;
  private final ReadingThread reader;

  BlockingWebChannel(WebConnection connection, Executor executor) throws IOException {
    this.connection = connection;
    this.out = connection.getOutputStream();
    this.reader = new ReadingThread(connection.getInputStream(), executor);
  }

  @Override
  public <A> void read(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
    reader.read(new PendingRead<>(into, attachment, done));
  }

  @Override
  public <A> void write(ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
    int count;
    try {
      count = PoolBlocker.run(() -> send(from));
    } catch (IOException | RuntimeException e) {
      done.failed(e, attachment);
      return;
    }
    done.completed(count, attachment);
  }

  private int send(ByteBuffer from) throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    out.write(bytes, 0, bytes.length);
    out.flush();
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return reader.isOpen();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    UpgradeBridge.close(connection);
  }
}
