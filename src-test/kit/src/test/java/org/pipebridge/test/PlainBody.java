package org.pipebridge.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.RequestAbortedException;

/** The content of one request of HTTP/1, without its framing. */
final class PlainBody {

  private final InputStream in;
  private final Socket socket;
  private final boolean chunked;
  private final long length;
  private boolean expected;
  private long remaining;
  private boolean ended;

  PlainBody(InputStream in, Socket socket, HttpRequestFeature request) {
    this.in = in;
    this.socket = socket;
    chunked = request.headers().contains("Transfer-Encoding");
    length = chunked ? -1 : request.headers().contentLength().orElse(-1);
    expected = request.headers().contains("Expect");
    remaining = Math.max(length, 0);
    ended = !chunked && length <= 0;
  }

  /** What comes behind the head, for another protocol. */
  InputStream raw() {
    return in;
  }

  boolean canHaveBody() {
    return chunked || length > 0;
  }

  long length() {
    return length;
  }

  int read(byte[] into, int offset, int count) throws IOException {
    if (expected) {
      expected = false;
      socket
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    if (chunked && remaining == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = receive(into, offset, (int) Math.min(count, remaining));
    remaining -= read;
    if (remaining == 0) {
      if (chunked && !line().isEmpty()) {
        throw new BadHttpRequestException(400, "a chunk is longer than its size");
      }
      ended = !chunked;
    }
    return read;
  }

  private int receive(byte[] into, int offset, int count) throws IOException {
    try {
      int read = in.read(into, offset, count);
      if (read < 0) {
        throw new BadHttpRequestException(400, "the request ended before its content did");
      }
      return read;
    } catch (SocketException e) {
      throw new RequestAbortedException("the client reset the connection", e);
    }
  }

  /** Reads the rest; whether the connection can be used again. */
  boolean drain() throws IOException {
    if (expected && !ended) {
      return false;
    }
    byte[] rest = new byte[8192];
    while (!ended && read(rest, 0, rest.length) >= 0) {
      // on to the end
    }
    return true;
  }

  private void nextChunk() throws IOException {
    String size = line().split(";", 2)[0].trim();
    if (!size.matches("[0-9a-fA-F]{1,8}")) {
      throw new BadHttpRequestException(400, "malformed chunk size");
    }
    remaining = Long.parseLong(size, 16);
    if (remaining == 0) {
      ended = true;
      while (!line().isEmpty()) {
        // trailers
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new BadHttpRequestException(400, "the request ended before its content did");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }
}
