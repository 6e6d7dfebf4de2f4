package org.pipebridge.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that sends the same request again and again, and reads each answer. */
final class KeepAliveClient implements AutoCloseable {

  private static final int HEADERS = 20;

  private final Socket socket;
  private final InputStream input;
  private final byte[] request;

  KeepAliveClient(int port, String target) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.input = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    this.request = request(target).getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns a request with twenty header fields. */
  private static String request(String target) {
    StringBuilder text =
        new StringBuilder("GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(target))
            .append("Accept: text/plain\r\nUser-Agent: pipebridge-benchmarks\r\n");
    text.append("X-Request-Id: 7f3a9c\r\n");
    for (int i = 4; i < HEADERS; i++) {
      text.append("X-Header-").append(i).append(": value ").append(i).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  void send() throws IOException {
    socket.getOutputStream().write(request);
  }

  /** Reads an answer to its end, and returns its head without the Date, and its content. */
  String receive() throws IOException {
    StringBuilder answer = new StringBuilder();
    boolean chunked = false;
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
      chunked |= lower.startsWith("transfer-encoding: chunked");
      if (!lower.startsWith("date:")) {
        answer.append(line).append('\n');
      }
    }
    if (chunked) {
      readChunks(answer);
    } else {
      read(length, answer);
    }
    return answer.toString();
  }

  private void readChunks(StringBuilder answer) throws IOException {
    int size = Integer.parseInt(line(), 16);
    while (size > 0) {
      read(size, answer);
      line();
      size = Integer.parseInt(line(), 16);
    }
    line();
  }

  private void read(int count, StringBuilder to) throws IOException {
    to.append(new String(input.readNBytes(count), StandardCharsets.US_ASCII));
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection after: " + text);
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
