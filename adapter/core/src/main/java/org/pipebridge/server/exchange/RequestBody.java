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
 */
final class RequestBody extends OneAtATime
    implements HttpRequestBodyFeature, HttpRequestBodyDetectionFeature {

  private static final int COPY_SIZE = 8192;

  private final Exchange exchange;
  private final InputStream stream = new Blocking();
  private @Nullable BodySize size;
  private long received;
  private boolean ended;
  private @Nullable BadHttpRequestException fault;

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
  public CompletionStage<Integer> read(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
    if (into.isReadOnly()) {
      throw new IllegalArgumentException("the buffer to read into must not be read-only");
    }
    exchange.bodyControl().noteAsynchronous();
    try {
      return CompletableFuture.completedStage(fill(into));
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
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

  private int receive(byte[] into, int offset, int count) throws IOException {
    exchange.checkAlive();
    enter();
    try {
      exchange.throwIfAborted();
      if (fault != null) {
        throw fault;
      }
      size().freeze();
      if (count == 0) {
        return 0;
      }
      if (ended || !exchange.transport().canHaveBody()) {
        return -1;
      }
      return limited(into, offset, count);
    } catch (BadHttpRequestException e) {
      fault = e;
      exchange.setLastOnConnection();
      throw e;
    } catch (RequestAbortedException e) {
      throw exchange.lifetime().disconnected(e);
    } finally {
      exit();
    }
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

  /** The blocking view. */
  private final class Blocking extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, into.length);
      exchange.checkSynchronous("read");
      return receive(into, offset, count);
    }

    @Override
    public int available() throws IOException {
      exchange.checkAlive();
      enter();
      try {
        exchange.throwIfAborted();
        boolean nothing = ended || fault != null || !exchange.transport().canHaveBody();
        return nothing ? 0 : exchange.transport().available();
      } finally {
        exit();
      }
    }
  }
}
