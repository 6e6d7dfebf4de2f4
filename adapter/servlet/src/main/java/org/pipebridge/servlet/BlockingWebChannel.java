package org.pipebridge.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.AsyncChannel;

/**
 * An upgraded connection of Undertow as a channel: a read takes a thread until bytes come, and the
 * thread that writes waits.
 *
 * <p>Undertow fills its upgraded input on a thread of its own while that is said to be ready, so
 * nobody can safely listen to it.
 */
final class BlockingWebChannel extends AsyncChannel {

  private final WebConnection connection;
  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread reader;
  private volatile boolean closed;

  BlockingWebChannel(WebConnection connection, Executor executor) throws IOException {
    this.connection = connection;
    this.in = connection.getInputStream();
    this.out = connection.getOutputStream();
    this.executor = executor;
  }

  @Override
  public <A> void read(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
    executor.execute(() -> complete(() -> receive(into), attachment, done));
  }

  private int receive(ByteBuffer into) throws IOException {
    byte[] bytes = new byte[into.remaining()];
    enter(Thread.currentThread());
    int count;
    try {
      count = in.read(bytes, 0, bytes.length);
    } finally {
      enter(null);
    }
    into.put(bytes, 0, Math.max(count, 0));
    return count;
  }

  /** Notes who reads, to be interrupted when the channel is closed; the interrupt ends with it. */
  private void enter(@Nullable Thread thread) throws ClosedChannelException {
    lock.lock();
    try {
      reader = thread;
      if (closed) {
        Thread.interrupted();
        throw new ClosedChannelException();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <A> void write(ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
    complete(() -> send(from), attachment, done);
  }

  private int send(ByteBuffer from) throws IOException {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    out.write(bytes, 0, bytes.length);
    out.flush();
    return bytes.length;
  }

  private <A> void complete(
      PoolBlocker.Io io, A attachment, CompletionHandler<Integer, ? super A> done) {
    int count;
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      count = PoolBlocker.run(io);
    } catch (IOException | RuntimeException e) {
      done.failed(e, attachment);
      return;
    }
    done.completed(count, attachment);
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (reader != null) {
        reader.interrupt(); // closing does not wake it
      }
    } finally {
      lock.unlock();
    }
    UpgradeBridge.close(connection);
  }
}
