package org.pipebridge.test;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Executor;
import org.pipebridge.internal.AsyncChannel;

/** A channel over blocking streams, each of whose operations takes a thread. */
final class StreamChannel extends AsyncChannel {

  private final InputStream in;
  private final OutputStream out;
  private final Closeable end;
  private final Executor executor;
  private volatile boolean closed;

  /**
   * Makes a channel.
   *
   * @param in what comes in
   * @param out what goes out; flushed after each write
   * @param end closes both, so that what is pending on them fails
   * @param executor what runs operations
   */
  StreamChannel(InputStream in, OutputStream out, Closeable end, Executor executor) {
    this.in = in;
    this.out = out;
    this.end = end;
    this.executor = executor;
  }

  @Override
  public <A> void read(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
    run(
        () -> {
          byte[] bytes = new byte[into.remaining()];
          int count = in.read(bytes, 0, bytes.length);
          into.put(bytes, 0, Math.max(count, 0));
          return count;
        },
        attachment,
        done);
  }

  @Override
  public <A> void write(ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
    run(
        () -> {
          byte[] bytes = new byte[from.remaining()];
          from.get(bytes);
          out.write(bytes);
          out.flush();
          return bytes.length;
        },
        attachment,
        done);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    end.close();
  }

  private <A> void run(Operation operation, A attachment, CompletionHandler<Integer, ? super A> d) {
    executor.execute(
        () -> {
          int count;
          try {
            count = operation.run();
          } catch (IOException | RuntimeException e) {
            d.failed(e, attachment);
            return;
          }
          d.completed(count, attachment);
        });
  }

  private interface Operation {
    int run() throws IOException;
  }
}
