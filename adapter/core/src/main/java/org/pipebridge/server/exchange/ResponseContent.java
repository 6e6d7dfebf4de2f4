package org.pipebridge.server.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link ResponseBody} that counts the content and gives it to the transport, with
 * the head before it and the end behind it (R40 to R44). The caller is inside the gate.
 */
abstract class ResponseContent extends OneAtATime {

  private static final int COPY_SIZE = 8192;

  final Exchange exchange;
  private long written;
  private byte @Nullable [] copy;

  ResponseContent(Exchange exchange) {
    this.exchange = exchange;
  }

  final ResponseHead head() {
    return exchange.head();
  }

  final long written() {
    return written;
  }

  /** Gives everything so far to the network. */
  final void pushNow() throws IOException {
    head().send(false);
    exchange.transport().flush();
  }

  /** Gives everything and the end of the message to the network. */
  final void finishNow() throws IOException {
    head().send(written == 0);
    exchange.transport().end();
    head().complete();
  }

  /** Gives a piece of content, which is counted already, to a container that takes it. */
  final void transmit(ByteBuffer from, int limit) throws IOException {
    head().send(false);
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

  final void put(ByteBuffer from) throws IOException {
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

  final void put(byte[] from, int offset, int count) throws IOException {
    count(count);
    transmit(from, offset, count);
  }

  /** Counts content before any of it is sent (R40). */
  final void count(int added) {
    checkFits(added);
    written += added;
  }

  final void checkFits(long added) {
    ResponseHead head = head();
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
    ResponseHead head = head();
    try {
      if (count > 0) {
        head.send(false);
        exchange.transport().write(from, offset, count);
      }
      if (head.isUnbuffered()) {
        head.send(false);
        exchange.transport().flush();
      }
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  final void push() throws IOException {
    try {
      pushNow();
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  final void finish() throws IOException {
    if (head().isCompleted()) {
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
  final IOException gone(Exception cause) {
    if (cause instanceof RuntimeException fault && !exchange.isAborted()) {
      throw fault;
    }
    return exchange.lifetime().disconnected(cause);
  }

  /** Checks that all declared content was written (R42 to R44). */
  final void checkLength() {
    long declared = head().contentLength();
    boolean checked = !exchange.isHead() && head().status() != 304;
    if (checked && declared >= 0 && written < declared) {
      throw new LengthMismatchException(declared, written);
    }
  }
}
