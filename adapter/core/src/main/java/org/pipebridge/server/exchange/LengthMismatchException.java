package org.pipebridge.server.exchange;

/** Says that a response has less or more content than it declared (R40, R42, R43). */
public final class LengthMismatchException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LengthMismatchException(long declared, long written) {
    super(
        "the response declared Content-Length %d, but %s %d bytes of content"
            .formatted(declared, written < declared ? "ended after" : "was to carry", written));
  }
}
