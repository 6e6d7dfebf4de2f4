package org.pipebridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.AsyncChannel;
import org.pipebridge.internal.Stages;

/**
 * An upgraded connection of Tomcat as a channel: it is read when the container says that there is
 * something, a little ahead of those who ask, and written blocking.
 *
 * <p>The native input is touched by the container's threads alone, of which one at a time is
 * inside. That one waits here while what it has read is not wanted yet, and at the end until the
 * streams are about to be closed: Tomcat would call again at once, as long as there is something.
 */
final class ListeningWebChannel extends AsyncChannel implements ReadListener {

  private static final int AHEAD_BYTES = 8192;
  private static final long LOOK_NANOS = 200_000;
  private static final long WAKE_MICROS = 1000;

  private final WebConnection connection;
  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] chunk = new byte[AHEAD_BYTES];
  private ByteBuffer ahead = ByteBuffer.wrap(chunk, 0, 0);
  private @Nullable PendingRead<?> pending;
  private @Nullable IOException failure;
  private boolean ended;
  private @Nullable Thread writer;
  private boolean interrupted;
  private boolean claimed;
  private @Nullable Thread closer;
  private boolean released;
  private volatile boolean closed;

  ListeningWebChannel(WebConnection connection) throws IOException {
    this.connection = connection;
    this.in = connection.getInputStream();
    this.out = connection.getOutputStream();
  }

  /** Listens, and reads what came with the request, of which Tomcat does not tell otherwise. */
  void open() {
    in.setReadListener(this);
    onDataAvailable();
  }

  @Override
  public void onDataAvailable() {
    while (awaitConsumed()) {
      int count;
      try {
        if (!in.isReady()) {
          return;
        }
        count = in.read(chunk, 0, chunk.length);
      } catch (IOException e) {
        end(e);
        return;
      }
      if (count < 0) {
        end(null);
        return;
      }
      change(() -> ahead = ByteBuffer.wrap(chunk, 0, count));
    }
  }

  /** Waits until nothing is ahead any more; false: nothing is to be read. */
  private boolean awaitConsumed() {
    lock.lock();
    try {
      while (!released && (ended || closed || ahead.hasRemaining())) {
        if (closed && writer != null && !claimed) {
          claimed = true;
          BlockingThreads.executor().execute(this::closeAside);
        }
        awaitChange();
      }
      return !released;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a change, also for that whoever closes waits for a write: Tomcat has noted it then.
   */
  private void awaitChange() {
    if (closer == null) {
      changed.awaitUninterruptibly();
    } else if (closer.getState() == Thread.State.BLOCKED) {
      released = true;
    } else {
      try {
        changed.awaitNanos(LOOK_NANOS);
      } catch (InterruptedException e) { // the container's pool ends
        Thread.currentThread().interrupt();
        released = true;
      }
    }
  }

  @Override
  public void onAllDataRead() {
    end(null);
  }

  /** Takes a failure, or what Tomcat takes for one: that the client ended its half. */
  @Override
  public void onError(Throwable cause) {
    if (cause instanceof EOFException) {
      end(null);
    } else {
      end(cause instanceof IOException e ? e : new IOException(cause));
    }
  }

  private void end(@Nullable IOException cause) {
    change(
        () -> {
          failure = ended ? failure : cause;
          ended = true;
        });
    awaitConsumed();
  }

  @Override
  public <A> void read(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
    change(() -> pending = new PendingRead<>(into, attachment, done));
  }

  /** Changes something, and then gives a pending read what there is, without the lock. */
  private void change(Runnable change) {
    PendingRead<?> served;
    Throwable cause = null;
    int count = -1;
    lock.lock();
    try {
      change.run();
      served = pending;
      if (served == null || !closed && !ended && !ahead.hasRemaining()) {
        return;
      }
      if (closed) {
        cause = new AsynchronousCloseException();
      } else if (ahead.hasRemaining()) {
        count = move(ahead, served.into());
      } else {
        cause = failure;
      }
      pending = null;
    } finally {
      changed.signalAll();
      lock.unlock();
    }
    if (cause == null) {
      served.complete(count);
    } else {
      served.fail(cause);
    }
  }

  private static int move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice().limit(count));
    from.position(from.position() + count);
    return count;
  }

  @Override
  public <A> void write(ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
    int count;
    try {
      beginWriting();
      try {
        count = PoolBlocker.run(() -> send(from));
      } finally {
        endWriting();
      }
    } catch (IOException | IllegalStateException e) { // the latter when it was closed meanwhile
      done.failed(e, attachment);
      return;
    }
    done.completed(count, attachment);
  }

  private void beginWriting() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      writer = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void endWriting() {
    boolean closes;
    lock.lock();
    try {
      writer = null;
      if (interrupted) {
        Thread.interrupted(); // by us, and not for what follows
      }
      closes = closed && !claimed;
      claimed |= closes;
    } finally {
      lock.unlock();
    }
    if (closes) {
      closeQuietly();
    }
  }

  private int send(ByteBuffer from) throws IOException {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    out.write(bytes, 0, bytes.length);
    out.flush();
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /**
   * Closes the connection. Beside a write Tomcat would wait for that, which the client may hold up.
   * So whoever writes closes afterwards; or, if the container's thread is here and can tell Tomcat,
   * another thread closes, and waits.
   */
  @Override
  public void close() throws IOException {
    boolean free;
    lock.lock();
    try {
      free = !closed && writer == null;
      claimed |= free;
      closed = true;
    } finally {
      lock.unlock();
    }
    change(() -> {}); // what is pending fails, and the container's thread looks
    if (free) {
      closeNow();
    }
  }

  private void closeAside() {
    change(() -> closer = Thread.currentThread());
    try {
      PoolBlocker.run(
          () -> {
            UpgradeBridge.close(connection);
            return 0;
          });
    } catch (IOException | RuntimeException e) {
      // it is closed already
    } finally {
      change(
          () -> {
            closer = null;
            released = true;
          });
    }
  }

  private void closeQuietly() {
    try {
      closeNow();
    } catch (IOException | RuntimeException e) {
      // it is closed already
    }
  }

  /**
   * Tomcat looks at a connection only when something happens on it, so this makes something happen.
   */
  private void closeNow() throws IOException {
    try {
      out.setWriteListener(new Closer());
    } catch (IllegalStateException | IllegalArgumentException alreadyClosed) {
      // by Tomcat itself
    }
    try {
      UpgradeBridge.close(connection);
    } finally {
      change(() -> released = true);
    }
  }

  /** Notes that the connection is no more; what is pending fails. */
  void lost() {
    change(
        () -> {
          closed = true;
          released = true;
        });
    wakeWriter();
  }

  /** Tomcat closes a connection under a write that waits, which sees so when it is interrupted. */
  private void wakeWriter() {
    lock.lock();
    try {
      if (writer == null) {
        return;
      }
      interrupted = true;
      writer.interrupt();
    } finally {
      lock.unlock();
    }
    Stages.later(WAKE_MICROS, this::wakeWriter);
  }

  /** What Tomcat calls is closed when it returns, so that Tomcat finds it so. */
  private final class Closer implements WriteListener {

    @Override
    public void onWritePossible() throws IOException {
      UpgradeBridge.close(connection);
    }

    @Override
    public void onError(Throwable cause) {}
  }
}
