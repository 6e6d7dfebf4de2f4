package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.RequestAbortedException;

/**
 * The content of a request: nothing is read before the first operation, and never more than the
 * limit allows (Q20 to Q24, L1 to L5).
 *
 * <p>Where I/O is non-blocking (B11), a read that finds nothing stays pending, and goes on where
 * the container tells that something has come. The fields of the pending read belong to the thread
 * that is inside.
 */
final class RequestBody extends OneAtATime
    implements HttpRequestBodyFeature, HttpRequestBodyDetectionFeature {

  private static final int COPY_SIZE = 8192;

  private final Exchange exchange;
  private @Nullable InputStream stream;
  private @Nullable BodySize size;
  private long received;
  private boolean ended;
  private @Nullable BadHttpRequestException fault;
  private @Nullable ByteBuffer pendingInto;
  private @Nullable CompletableFuture<Integer> pending;

  RequestBody(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Whether the end was read. */
  boolean hasEnded() {
    return ended;
  }

  /** What was wrong with the content so far, or null (F47). */
  @Nullable BadHttpRequestException fault() {
    return fault;
  }

  @Override
  public InputStream stream() {
    exchange.checkAlive();
    if (stream == null) {
      stream = new BlockingInput(this);
    }
    return stream;
  }

  /** The limit for it. */
  BodySize size() {
    if (size == null) {
      size = new BodySize(exchange);
    }
    return size;
  }

  @Override
  public boolean canHaveBody() {
    exchange.checkAlive();
    return exchange.transport().canHaveBody();
  }

  @Override
  void throwIfAborted() throws RequestAbortedException {
    exchange.throwIfAborted();
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
    if (into.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to read into must not be read-only");
    }
    exchange.bodyControl().noteAsynchronous();
    try {
      exchange.checkAlive();
      enter();
    } catch (RequestAbortedException | IllegalStateException e) {
      return CompletableFuture.failedStage(e);
    }
    try {
      if (!exchange.bodyControl().isNonBlocking() || isThereSomething(into)) {
        int count = fill(into);
        exit();
        return CompletableFuture.completedStage(count);
      }
    } catch (IOException | RuntimeException e) {
      exit();
      return CompletableFuture.failedStage(e);
    }
    CompletableFuture<Integer> later = new CompletableFuture<>();
    pendingInto = into;
    pending = later;
    readOrWait();
    return later;
  }

  /** Whether a read ends without waiting, well or badly. */
  private boolean isThereSomething(ByteBuffer into) throws IOException {
    exchange.throwIfAborted();
    if (isClosing()) {
      throw new IllegalStateException("the request has ended while a read was pending");
    }
    return ended
        || fault != null
        || !into.hasRemaining()
        || !exchange.transport().canHaveBody()
        || exchange.transport().requestContentLength() > size().limit()
        || canRead();
  }

  private boolean canRead() throws IOException {
    try {
      return exchange.transport().canRead();
    } catch (IOException e) {
      throw noted(e);
    }
  }

  /** Ends the pending read, or leaves it pending; this thread is inside. */
  private void readOrWait() {
    ByteBuffer into = Objects.requireNonNull(pendingInto);
    CompletableFuture<Integer> later = Objects.requireNonNull(pending);
    int count;
    try {
      do { // a container may have nothing after all
        while (!isThereSomething(into)) {
          if (suspend()) {
            return; // another thread may be inside now
          }
        }
        count = fill(into);
      } while (count == 0 && into.hasRemaining());
    } catch (IOException | RuntimeException e) {
      exit();
      later.completeExceptionally(e);
      return;
    }
    exit();
    later.complete(count);
  }

  /** Lets a pending read go on: something has come, or the request is aborted or over. */
  void goOn() {
    if (wake()) {
      readOrWait();
    }
  }

  private int fill(ByteBuffer into) throws IOException {
    if (into.hasArray()) {
      int at = into.arrayOffset() + into.position();
      int count = receive(into.array(), at, into.remaining());
      into.position(into.position() + Math.max(count, 0));
      return count;
    }
    byte[] chunk = new byte[Math.min(into.remaining(), COPY_SIZE)];
    int count = receive(chunk, 0, chunk.length);
    into.put(chunk, 0, Math.max(count, 0));
    return count;
  }

  /** Reads into an array; the caller is inside. */
  private int receive(byte[] into, int offset, int count) throws IOException {
    exchange.throwIfAborted();
    if (fault != null) {
      throw fault;
    }
    size().freeze();
    if (count == 0) {
      return 0;
    }
    try {
      return ended || !exchange.transport().canHaveBody() ? -1 : limited(into, offset, count);
    } catch (IOException e) {
      throw noted(e);
    } catch (RuntimeException e) { // as of a container that has taken the request back (A2)
      exchange.throwIfAborted();
      throw e;
    }
  }

  /** Keeps what the client did wrong, for later reads, and notes that it is gone. */
  private IOException noted(IOException failure) throws RequestAbortedException {
    exchange.throwIfAborted(); // content that ends early because of the abort is not bad (A2)
    if (failure instanceof BadHttpRequestException bad) {
      fault = bad;
      exchange.setLastOnConnection();
    } else if (failure instanceof RequestAbortedException) {
      return exchange.lifetime().disconnected(failure);
    }
    return failure;
  }

  /** Reads at most one byte more than is allowed, so that the read that crosses is known (L2). */
  private int limited(byte[] into, int offset, int count) throws IOException {
    long limit = size().limit();
    if (exchange.transport().requestContentLength() > limit) {
      throw tooLarge(limit);
    }
    int allowed = (int) Math.min(count, limit - received + 1);
    if (limit == Long.MAX_VALUE) {
      allowed = count;
    }
    int read = exchange.transport().read(into, offset, allowed);
    if (read < 0) {
      ended = true;
      return -1;
    }
    received += read;
    if (received > limit) {
      throw tooLarge(limit);
    }
    return read;
  }

  private static BadHttpRequestException tooLarge(long limit) {
    return new BadHttpRequestException(413, "the request has more than " + limit + " bytes");
  }

  /** Reads for the blocking view. */
  int readBlocking(byte[] into, int offset, int count) throws IOException {
    exchange.checkSynchronous("read");
    exchange.checkAlive();
    enter();
    try {
      return receive(into, offset, count);
    } finally {
      exit();
    }
  }

  /** Tells the blocking view how much is there. */
  int available() throws IOException {
    exchange.checkAlive();
    enter();
    try {
      exchange.throwIfAborted();
      boolean nothing = ended || fault != null || !exchange.transport().canHaveBody();
      return nothing ? 0 : exchange.transport().available();
    } catch (RuntimeException e) { // as in receive
      exchange.throwIfAborted();
      throw e;
    } finally {
      exit();
    }
  }
}
