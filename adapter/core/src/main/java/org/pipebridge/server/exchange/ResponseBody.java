package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.FileTarget;
import org.pipebridge.internal.Stages;

/**
 * The operations on the content of a response, which start it (R20 to R55).
 *
 * <p>Every operation enters the gate, runs the start if that is due, and does its work; on the
 * synchronous path nothing is allocated for it. Asynchronous operations block underneath, unless
 * I/O is non-blocking (B10, B11): then they are {@link WaitingWrite}s.
 */
final class ResponseBody extends ResponseContent implements HttpResponseBodyFeature, FileTarget {

  private @Nullable OutputStream stream;
  private volatile @Nullable WaitingWrite waiting;

  ResponseBody(Exchange exchange) {
    super(exchange);
  }

  @Override
  public OutputStream stream() {
    exchange.checkAlive();
    if (stream == null) {
      stream = new BlockingOutput(this);
    }
    return stream;
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer from) {
    return operate(Work.WRITE, Objects.requireNonNull(from, "from"), from.remaining());
  }

  @Override
  public CompletionStage<Void> flush() {
    return operate(Work.FLUSH, null, 0);
  }

  @Override
  public CompletionStage<Void> start() {
    exchange.checkAlive();
    if (head().isStarted() && head().fault() == null) {
      return Stages.completed();
    }
    return operate(Work.START, null, 0);
  }

  @Override
  public CompletionStage<Void> complete() {
    exchange.checkAlive();
    return head().isCompleted() ? Stages.completed() : operate(Work.COMPLETE, null, 0);
  }

  @Override
  public void disableBuffering() {
    exchange.checkAlive();
    head().disableBuffering();
  }

  @Override
  public CompletionStage<Void> expect(long count) {
    return count == 0 ? start() : operate(Work.EXPECT, null, count);
  }

  /** What an operation does when the response has started. */
  private enum Work {
    START,
    EXPECT,
    WRITE,
    FLUSH,
    COMPLETE
  }

  private CompletionStage<Void> operate(Work work, @Nullable ByteBuffer content, long count) {
    exchange.bodyControl().noteAsynchronous();
    try {
      CompletionStage<Void> started = begin(count > 0 || content != null);
      if (Stages.isDone(started)) {
        return end(Stages.failureOf(started), work, content, count);
      }
      return started
          .handle((ignored, failure) -> end(unwrapped(failure), work, content, count))
          .thenCompose(s -> s);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
    return failure == null ? null : Stages.unwrap(failure);
  }

  @Override
  void throwIfAborted() throws RequestAbortedException {
    exchange.throwIfAborted();
  }

  /** Enters the gate and starts the response; whoever called it must call {@link #end}. */
  private CompletionStage<Void> begin(boolean content) throws IOException {
    exchange.checkAlive();
    enter();
    try {
      exchange.throwIfAborted();
      head().checkOpen();
      if (content) {
        head().checkContentAllowed();
      }
      return head().start();
    } catch (IOException | RuntimeException | Error e) {
      exit();
      throw e;
    }
  }

  /** Does the work, if the start went well, and leaves the gate, now or when it is done. */
  private CompletionStage<Void> end(
      @Nullable Throwable failure, Work work, @Nullable ByteBuffer content, long count) {
    if (failure != null) {
      exit();
      return CompletableFuture.failedStage(failure);
    }
    return exchange.bodyControl().isNonBlocking()
        ? endWithoutBlocking(work, content, count)
        : endBlocking(work, content, count);
  }

  private CompletionStage<Void> endBlocking(Work work, @Nullable ByteBuffer content, long count) {
    try {
      switch (work) {
        case START -> {}
        case EXPECT -> checkFits(count);
        case WRITE -> put(Objects.requireNonNull(content));
        case FLUSH -> push();
        case COMPLETE -> finish();
      }
      return Stages.completed();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    } finally {
      exit();
    }
  }

  private CompletionStage<Void> endWithoutBlocking(
      Work work, @Nullable ByteBuffer content, long count) {
    boolean done = work == Work.START || work == Work.EXPECT;
    try {
      if (work == Work.EXPECT) {
        checkFits(count);
      } else if (content != null) {
        count((int) count);
        done = exchange.isHead(); // counted, but not sent (R32)
      } else if (work == Work.COMPLETE) {
        checkLength();
      }
    } catch (RuntimeException e) {
      exit();
      return CompletableFuture.failedStage(e);
    }
    if (done) {
      if (content != null) {
        content.position(content.limit());
      }
      exit();
      return Stages.completed();
    }
    boolean flushes = work == Work.FLUSH || (work == Work.WRITE && head().isUnbuffered());
    return waiting().begin(content, flushes, work == Work.COMPLETE);
  }

  private WaitingWrite waiting() {
    if (waiting == null) {
      waiting = new WaitingWrite(this, exchange);
    }
    return waiting;
  }

  /** Lets a pending operation go on: the container takes more, or the request is aborted. */
  void goOn() {
    WaitingWrite operation = waiting;
    if (operation != null) {
      operation.goOn();
    }
  }

  /** Ends the message where I/O is non-blocking; the application is out, and nobody comes in. */
  CompletionStage<Void> sendEnd() {
    enterClosed();
    return waiting().begin(null, false, true);
  }

  /**
   * Enters the gate for a blocking operation and waits for the start; the caller leaves the gate
   * unless this throws.
   */
  void enterBlocking(String operation, boolean content) throws IOException {
    exchange.checkSynchronous(operation);
    CompletionStage<Void> started = begin(content);
    try {
      Stages.await(started);
    } catch (RuntimeException | Error e) {
      exit();
      throw e;
    } catch (Exception e) { // a start fails with unchecked exceptions only
      exit();
      throw new IllegalStateException(e);
    }
  }
}
