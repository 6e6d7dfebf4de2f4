package org.pipebridge.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes and sees bytes; each is one character of a string. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream input;
  private boolean reset;

  RawClient(String address) {
    URI uri = URI.create(address);
    try {
      String host = uri.getHost().equals("[::]") ? "127.0.0.1" : uri.getHost();
      socket =
          uri.getScheme().equals("https")
              ? Certificates.trusting().getSocketFactory().createSocket(host, uri.getPort())
              : new Socket(host, uri.getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      input = socket.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a request on a connection of its own; returns all that comes until it is closed. That may
   * be before the server has taken all of the request.
   */
  static String exchange(String address, String request) {
    try (RawClient client = new RawClient(address)) {
      client.sendUnlessClosed(request);
      return client.readToEnd();
    }
  }

  private void sendUnlessClosed(String bytes) {
    try {
      send(bytes);
    } catch (UncheckedIOException closed) {
      // what was answered before can still be read
    }
  }

  RawClient send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a GET that keeps the connection, with header lines that end in CR LF. */
  RawClient get(String target, String... lines) {
    return send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + String.join("", lines) + "\r\n");
  }

  RawClient endOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes so that the server sees a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  /** Reads one answer with a Content-Length. */
  String answer() {
    String head = readUntil("\r\n\r\n");
    int at = head.indexOf("Content-Length: ");
    if (at < 0) {
      return head;
    }
    int from = at + "Content-Length: ".length();
    return head + read(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
  }

  String readUntil(String end) {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      text.append(read(1));
    }
    return text.toString();
  }

  String read(int count) {
    try {
      byte[] bytes = input.readNBytes(count);
      if (bytes.length < count) {
        throw new AssertionError("the connection was closed");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String readToEnd() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (int b = input.read(); b >= 0; b = input.read()) {
        bytes.write(b);
      }
    } catch (SocketException e) {
      reset = true;
    } catch (IOException e) {
      throw new UncheckedIOException("the connection was not closed; came: " + bytes, e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Whether the end that {@link #readToEnd} met was a reset. */
  boolean wasReset() {
    return reset;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
