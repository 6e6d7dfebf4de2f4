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
 * synchronous path nothing is allocated for it. Asynchronous operations may block underneath (B10).
 */
final class ResponseBody extends OneAtATime implements HttpResponseBodyFeature, FileTarget {

  private static final int COPY_SIZE = 8192;
  private static final ByteBuffer CONTENT = ByteBuffer.allocate(0);

  private final Exchange exchange;
  private final ResponseHead head;
  private final OutputStream stream = new Blocking();
  private boolean unbuffered;
  private long written;
  private byte @Nullable [] copy;

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
    Objects.requireNonNull(from, "from");
    return operate((body, content) -> body.put(Objects.requireNonNull(content)), from);
  }

  @Override
  public CompletionStage<Void> flush() {
    return operate((body, nothing) -> body.push(), null);
  }

  @Override
  public CompletionStage<Void> start() {
    exchange.checkAlive();
    if (head.isStarted() && head.fault() == null) {
      return Stages.completed();
    }
    return operate((body, nothing) -> {}, null);
  }

  @Override
  public CompletionStage<Void> complete() {
    exchange.checkAlive();
    return head.isCompleted()
        ? Stages.completed()
        : operate((body, nothing) -> body.finish(), null);
  }

  @Override
  public void disableBuffering() {
    exchange.checkAlive();
    unbuffered = true;
  }

  @Override
  public CompletionStage<Void> expect(long count) {
    return count == 0 ? start() : operate((body, ignored) -> body.checkFits(count), CONTENT);
  }

  long written() {
    return written;
  }

  /**
   * What an operation does between entering and leaving; it captures nothing, so it costs nothing.
   */
  @FunctionalInterface
  private interface Work {
    void run(ResponseBody body, @Nullable ByteBuffer content) throws IOException;
  }

  private CompletionStage<Void> operate(Work work, @Nullable ByteBuffer content) {
    exchange.bodyControl().noteAsynchronous();
    try {
      CompletionStage<Void> started = begin(content != null);
      if (Stages.isDone(started)) {
        end(started, work, content);
        return Stages.completed();
      }
      return started
          .handle((ignored, failure) -> endLater(failure, work, content))
          .thenCompose(s -> s);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Void> endLater(
      @Nullable Throwable failure, Work work, @Nullable ByteBuffer content) {
    try {
      end(
          failure == null ? Stages.completed() : CompletableFuture.failedStage(failure),
          work,
          content);
      return Stages.completed();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
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

  private void end(CompletionStage<Void> started, Work work, @Nullable ByteBuffer content)
      throws IOException {
    try {
      Throwable failure = Stages.failureOf(started);
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      work.run(this, content);
    } finally {
      exit();
    }
  }

  private void put(ByteBuffer from) throws IOException {
    int count = from.remaining();
    if (from.hasArray()) {
      put(from.array(), from.arrayOffset() + from.position(), count);
      from.position(from.limit());
      return;
    }
    count(count);
    if (copy == null) {
      copy = new byte[COPY_SIZE];
    }
    byte[] chunk = copy;
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
      head.send(false);
      exchange.transport().flush();
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
      head.send(written == 0);
      exchange.transport().end();
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
    head.complete();
  }

  /**
   * What an operation throws that failed in the transport. A container that has ended the request
   * by itself may throw anything from what it took back (A2); else an unchecked one is a fault.
   */
  private IOException gone(Exception cause) {
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
