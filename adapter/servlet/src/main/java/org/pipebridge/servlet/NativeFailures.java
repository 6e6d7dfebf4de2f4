package org.pipebridge.servlet;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.RequestAbortedException;

/** Says what an exception of a container's stream means, which no container says alike (Q21). */
final class NativeFailures {

  /** What Undertow throws when content is beyond its own limit, 2 MiB unless it is set (L7). */
  private static final String UNDERTOW_TOO_LARGE = "io.undertow.server.RequestTooBigException";

  private NativeFailures() {}

  /**
   * What a failed read throws: the client reset the connection, was too slow, or sent nonsense. A
   * stream of HTTP/2 is gone in any case but the second.
   */
  static IOException reading(IOException failure, boolean http1) {
    if (failure instanceof BadHttpRequestException) {
      return failure; // AnnouncedContent's
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
        return new BadHttpRequestException(408, "the client was too slow to send content", failure);
      }
      if (cause.getClass().getName().equals(UNDERTOW_TOO_LARGE)) {
        return new BadHttpRequestException(413, "the container's own limit is smaller", failure);
      }
      if (cause instanceof SocketException || isReset(cause)) {
        return new RequestAbortedException("the client reset the connection", failure);
      }
    }
    if (!http1) {
      return new RequestAbortedException("the stream was reset", failure);
    }
    return new BadHttpRequestException(
        400, "the content is malformed or was cut off: " + failure, failure);
  }

  private static boolean isReset(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof IOException
        && message != null
        && (message.contains("reset") || message.contains("Broken pipe"));
  }
}
