package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.internal.FileTarget;
import org.pipebridge.internal.Stages;

/**
 * The content of a response: starts it, counts it, and hands it to the transport (R20 to R55).
 *
 * <p>Every operation enters the gate, runs the start if that is due, and does its work; on the
 * synchronous path nothing is allocated for it. Asynchronous operations block underneath, unless
 * I/O is non-blocking (B10, B11): then they are {@link WaitingWrite}s.
 */
final class ResponseBody extends OneAtATime implements HttpResponseBodyFeature, FileTarget {

  private static final int COPY_SIZE = 8192;
  private final Exchange exchange;
  private final ResponseHead head;
  private final OutputStream stream = new Blocking();
  private boolean unbuffered;
  private long written;
  private byte @Nullable [] copy;
  private volatile @Nullable WaitingWrite waiting;

  ResponseBody(Exchange exchange, ResponseHead head) {
    this.exchange = exchange;
    this.head = head;
  }

  @Override
  public OutputStream stream() {
    exchange.checkAlive();
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
    if (head.isStarted() && head.fault() == null) {
      return Stages.completed();
    }
    return operate(Work.START, null, 0);
  }

  @Override
  public CompletionStage<Void> complete() {
    exchange.checkAlive();
    return head.isCompleted() ? Stages.completed() : operate(Work.COMPLETE, null, 0);
  }

  @Override
  public void disableBuffering() {
    exchange.checkAlive();
    unbuffered = true;
  }

  @Override
  public CompletionStage<Void> expect(long count) {
    return count == 0 ? start() : operate(Work.EXPECT, null, count);
  }

  long written() {
    return written;
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

  /** Enters the gate and starts the response; whoever called it must call {@link #end}. */
  private CompletionStage<Void> begin(boolean content) throws IOException {
    exchange.checkAlive();
    enter();
    try {
      exchange.throwIfAborted();
      head.checkOpen();
      if (content) {
        head.checkContentAllowed();
      }
      return head.start();
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
    boolean flushes = work == Work.FLUSH || (work == Work.WRITE && unbuffered);
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

  /** Gives everything so far to the network. */
  void pushNow() throws IOException {
    head.send(false);
    exchange.transport().flush();
  }

  /** Gives everything and the end of the message to the network. */
  void finishNow() throws IOException {
    head.send(written == 0);
    exchange.transport().end();
    head.complete();
  }

  /** Gives a piece of content, which is counted already, to a container that takes it. */
  void transmit(ByteBuffer from, int limit) throws IOException {
    head.send(false);
    int count = Math.min(from.remaining(), limit);
    if (from.hasArray()) {
      int at = from.arrayOffset() + from.position();
      from.position(from.position() + count);
      exchange.transport().write(from.array(), at, count);
      return;
    }
    byte[] chunk = copy();
    count = Math.min(count, chunk.length);
    from.get(chunk, 0, count);
    exchange.transport().write(chunk, 0, count);
  }

  private byte[] copy() {
    if (copy == null) {
      copy = new byte[COPY_SIZE];
    }
    return copy;
  }

  private void put(ByteBuffer from) throws IOException {
    int count = from.remaining();
    if (from.hasArray()) {
      put(from.array(), from.arrayOffset() + from.position(), count);
      from.position(from.limit());
      return;
    }
    count(count);
    byte[] chunk = copy();
    do {
      int length = Math.min(from.remaining(), chunk.length);
      from.get(chunk, 0, length);
      transmit(chunk, 0, length);
    } while (from.hasRemaining());
  }

  private void put(byte[] from, int offset, int count) throws IOException {
    count(count);
    transmit(from, offset, count);
  }

  /** Counts content before any of it is sent (R40). */
  private void count(int added) {
    checkFits(added);
    written += added;
  }

  private void checkFits(long added) {
    head.checkContentAllowed(); // a callback may have changed the status
    long declared = head.contentLength();
    if (declared >= 0 && written + added > declared) {
      LengthMismatchException tooMuch = new LengthMismatchException(declared, written + added);
      if (!exchange.isHead()) {
        exchange.setLastOnConnection();
        head.fail(tooMuch);
      }
      throw tooMuch;
    }
  }

  private void transmit(byte[] from, int offset, int count) throws IOException {
    if (exchange.isHead()) {
      return;
    }
    try {
      if (count > 0) {
        head.send(false);
        exchange.transport().write(from, offset, count);
      }
      if (unbuffered) {
        head.send(false);
        exchange.transport().flush();
      }
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  private void push() throws IOException {
    try {
      pushNow();
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  private void finish() throws IOException {
    if (head.isCompleted()) {
      return;
    }
    checkLength();
    try {
      finishNow();
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  /**
   * What an operation throws that failed in the transport. A container that has ended the request
   * by itself may throw anything from what it took back (A2); else an unchecked one is a fault.
   */
  IOException gone(Exception cause) {
    if (cause instanceof RuntimeException fault && !exchange.isAborted()) {
      throw fault;
    }
    return exchange.lifetime().disconnected(cause);
  }

  /** Checks that all declared content was written (R42 to R44). */
  void checkLength() {
    long declared = head.contentLength();
    boolean checked = !exchange.isHead() && head.status() != 304;
    if (checked && declared >= 0 && written < declared) {
      throw new LengthMismatchException(declared, written);
    }
  }

  /** The blocking view; {@code close()} is {@link #complete()}. */
  private final class Blocking extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, from.length);
      exchange.checkSynchronous("write");
      startBlocking(true);
      try {
        put(from, offset, count);
      } finally {
        exit();
      }
    }

    @Override
    public void flush() throws IOException {
      exchange.checkSynchronous("flush");
      startBlocking(false);
      try {
        push();
      } finally {
        exit();
      }
    }

    @Override
    public void close() throws IOException {
      exchange.checkAlive();
      if (head.isCompleted()) {
        return;
      }
      exchange.checkSynchronous("close");
      startBlocking(false);
      try {
        finish();
      } finally {
        exit();
      }
    }
  }

  /** Enters the gate and waits for the start; the caller leaves the gate unless this throws. */
  private void startBlocking(boolean content) throws IOException {
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
