package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of the head of a request before Jetty's parser sees it.
 *
 * <p>What is wrong is made unreadable for the parser, which so refuses the request in the usual
 * way; {@link EmptyErrors} then asks for the {@link #fault()}.
 */
final class RequestHead {

  private final RequestLine line;
  private int fault;
  private int bytes;
  private boolean beyondAscii;
  private boolean emptyHost;
  private @Nullable String hiddenTarget;

  RequestHead(int maxRequestLineBytes) {
    this.line = new RequestLine(maxRequestLineBytes);
  }

  /** Looks at bytes that came in, between two indexes, and amends them. */
  void inspect(ByteBuffer buffer, int from, int to) {
    bytes += to - from;
    beyondAscii |= Bytes.isBeyondAscii(buffer, from, to);
    if (fault == RequestLine.FINE) {
      fault = line.scan(buffer, from, to);
      amend(buffer);
    }
    if (fault != RequestLine.FINE) {
      buffer.put(from, (byte) 0); // no parser takes a NUL in a request head
    }
  }

  private void amend(ByteBuffer buffer) {
    if (line.isOdd() && line.targetFrom() >= 0 && line.targetTo() >= 0) {
      hiddenTarget = Amendments.hideTarget(buffer, line.targetFrom(), line.targetTo());
    }
    if (line.end() >= 0) {
      emptyHost = Amendments.fillHost(buffer, line.end());
    }
  }

  /** Notes that its request is over; another one may come. */
  void over() {
    fault = RequestLine.FINE;
    bytes = 0;
    beyondAscii = false;
    emptyHost = false;
    hiddenTarget = null;
    line.reset();
  }

  /** The status of what was wrong with the request line, or {@link RequestLine#FINE}. */
  int fault() {
    return fault;
  }

  /** Whether the request target starts with "/", as far as it was seen. */
  boolean isOriginForm() {
    return line.isOriginForm();
  }

  /** The request target as sent, if Jetty was shown another one; else null. */
  @Nullable String hiddenTarget() {
    return hiddenTarget;
  }

  /** Whether the Host is empty, and Jetty was shown another one. */
  boolean isHostEmpty() {
    return emptyHost;
  }

  /** How many bytes came in while the head did; content may be among them. */
  int bytes() {
    return bytes;
  }

  /** Whether it may have other bytes than ASCII. */
  boolean mayBeBeyondAscii() {
    return beyondAscii;
  }
}
