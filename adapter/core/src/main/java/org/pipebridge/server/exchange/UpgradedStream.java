package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/**
 * Both directions of an upgraded connection (U6); the blocking streams wait for what the stages do.
 *
 * <p>A stage completes on the executor, never inside the server, so that what follows it may wait.
 * One operation per direction is allowed at a time.
 *
 * <p>A chain of any length does not grow the stack (B14). A stage of bytes that were there may be
 * complete when its caller composes the next operation with it, whose bytes are there as well, and
 * so on: all on one stack. So every 32nd of these stages completes when that stack is unwound. On a
 * thread of the application's own we cannot see when that is, and a caller that waits for the stage
 * never unwinds it; in both cases it completes a moment later.
 */
final class UpgradedStream implements DuplexStream {

  /** How many operations of a direction may complete on the stack of their callers in a row. */
  private static final int INLINE = 32;

  /** How long a completion is put off where nobody sees the stack unwind. */
  private static final long MOMENT_MICROS = 200;

  private final Exchange exchange;
  private final AsynchronousByteChannel channel;
  private final Executor executor;
  private final Direction reading = new Direction("read");
  private final Direction writing = new Direction("write");
  private final InputStream input = new UpgradedInput(this);
  private final UpgradedOutput output = new UpgradedOutput(this);
  private final Map<Thread, Turn> turns = new ConcurrentHashMap<>();
  private volatile boolean closed;

  UpgradedStream(Exchange exchange, AsynchronousByteChannel channel, Executor executor) {
    this.exchange = exchange;
    this.channel = channel;
    this.executor = executor;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer into) {
    return read(into, false);
  }

  /** Reads; whether its caller waits for the stage and composes nothing with it. */
  CompletionStage<Integer> read(ByteBuffer into, boolean waits) {
    if (Objects.requireNonNull(into, "into").isReadOnly()) {
      throw new IllegalArgumentException("the buffer to read into must not be read-only");
    }
    return new Operation(reading, null, waits).begin(into.hasRemaining() ? into : null);
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer from) {
    Objects.requireNonNull(from, "from");
    ByteBuffer before = output.take();
    return before.hasRemaining()
        ? send(before, false).thenCompose(ignored -> send(from, false))
        : send(from, false);
  }

  @Override
  public CompletionStage<Void> flush() {
    return send(output.take(), false);
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        output.flush();
      } finally {
        abort();
      }
    }
  }

  /** Closes the connection at once; what is pending fails. */
  void abort() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      exchange.server().log(System.Logger.Level.DEBUG, "a connection could not be closed", e);
    }
  }

  /** Runs what may block. */
  void execute(Runnable task) {
    Runnable step = () -> exchange.transport().resume(() -> take(task));
    try {
      executor.execute(step);
    } catch (RejectedExecutionException stopped) { // everything must end all the same
      step.run();
    }
  }

  private void take(Runnable task) {
    Thread thread = Thread.currentThread();
    Turn turn = new Turn();
    if (turns.putIfAbsent(thread, turn) != null) {
      task.run(); // the executor has stopped, and this is inside a turn
      return;
    }
    try {
      turn.run(task);
    } finally {
      turns.remove(thread);
    }
  }

  /** Runs a task when the stack of this thread is unwound, or after a moment. */
  private void executeUnwound(Runnable task) {
    Turn turn = turns.get(Thread.currentThread());
    if (turn == null) {
      Stages.later(MOMENT_MICROS, () -> execute(task));
      return;
    }
    turn.putOff(task);
    Stages.later(
        MOMENT_MICROS,
        () -> {
          if (turn.takeBack(task)) {
            execute(task);
          }
        });
  }

  /** Gives bytes to the network; whether its caller waits and composes nothing. */
  CompletionStage<Void> send(ByteBuffer from, boolean waits) {
    exchange.checkAlive();
    if (!from.hasRemaining()) {
      return Stages.completed();
    }
    return new Operation(writing, from, waits).begin(from).thenAccept(count -> {});
  }

  private Throwable reasonOf(Throwable cause) {
    if (exchange.isAborted()) {
      return new RequestAbortedException("the request was aborted", cause);
    }
    return closed
        ? new IOException("the connection was closed", cause)
        : exchange.lifetime().disconnected(cause);
  }

  /** What has one operation at a time. */
  private static final class Direction {

    private final String name;
    private final AtomicBoolean busy = new AtomicBoolean();
    private int atOnce; // of the one operation

    Direction(String name) {
      this.name = name;
    }
  }

  /** One read, or writes until nothing remains. */
  private final class Operation implements CompletionHandler<Integer, @Nullable Void> {

    private final Direction direction;
    private final @Nullable ByteBuffer outgoing;
    private final boolean waits;
    private final CompletableFuture<Integer> result = new CompletableFuture<>();
    private @Nullable Thread beginning;

    Operation(Direction direction, @Nullable ByteBuffer outgoing, boolean waits) {
      this.direction = direction;
      this.outgoing = outgoing;
      this.waits = waits;
    }

    CompletableFuture<Integer> begin(@Nullable ByteBuffer buffer) {
      exchange.checkAlive();
      if (!direction.busy.compareAndSet(false, true)) {
        String why = "another " + direction.name + " on this connection has not ended";
        return CompletableFuture.failedFuture(new IllegalStateException(why));
      }
      beginning = Thread.currentThread();
      if (buffer == null) {
        completed(0, null);
      } else if (outgoing == null) {
        channel.read(buffer, null, this);
      } else {
        channel.write(buffer, null, this);
      }
      beginning = null;
      return result;
    }

    @Override
    public void completed(Integer count, @Nullable Void nothing) {
      if (outgoing != null && outgoing.hasRemaining()) {
        channel.write(outgoing, null, this);
      } else {
        end(() -> result.complete(count));
      }
    }

    @Override
    public void failed(Throwable cause, @Nullable Void nothing) {
      Throwable reason = reasonOf(cause);
      end(() -> result.completeExceptionally(reason));
    }

    @SuppressWarnings("ReferenceEquality") // whether this very thread is inside begin
    private void end(Runnable complete) {
      boolean inside = beginning == Thread.currentThread();
      boolean deep = inside && !waits && ++direction.atOnce % INLINE == 0;
      direction.busy.set(false);
      if (deep) {
        executeUnwound(complete);
      } else if (waits || inside && outgoing != null) {
        complete.run();
      } else {
        execute(complete);
      }
    }
  }
}
