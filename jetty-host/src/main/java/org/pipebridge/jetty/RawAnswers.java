package org.pipebridge.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.DateGenerator;

/** Answers that are sent where no request could be made of what came in. */
final class RawAnswers {

  private RawAnswers() {}

  /** The client took too long to send a request head (Q4, Q7). */
  static ByteBuffer requestTimeout() {
    String head =
        "HTTP/1.1 408 Request Timeout\r\nDate: "
            + DateGenerator.formatDate(System.currentTimeMillis())
            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    return ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
  }
}
