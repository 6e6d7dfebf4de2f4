package org.pipebridge.test.kit;

import java.io.ByteArrayOutputStream;

/**
 * A client's connection, over a socket or in memory. Everything has a deadline: what does not come
 * in time is an AssertionError.
 */
public interface Connection extends AutoCloseable {

  /**
   * Sends a request.
   *
   * @param request the request, as it is
   */
  void send(Request request);

  /**
   * Waits for the head of the next answer, interim ones included.
   *
   * @return the head
   */
  Head head();

  /**
   * Waits for content of the answer whose head was read.
   *
   * @param count how many bytes
   * @return the bytes; fewer if the answer ends before
   */
  byte[] content(int count);

  /**
   * Waits for the next answer, or for the rest of the one whose head was read.
   *
   * @return the answer; what {@link #content} gave is part of it
   */
  Answer answer();

  /**
   * Sends bytes as they are, as after an upgrade.
   *
   * @param bytes what to send
   */
  void write(byte[] bytes);

  /**
   * Reads one byte, as after an upgrade.
   *
   * @return the byte, or -1 when the server has closed
   */
  int read();

  /**
   * Reads whatever comes until the server closes, as after an upgrade.
   *
   * @return the bytes
   */
  default byte[] untilClosed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = read(); b >= 0; b = read()) {
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  /** Ends the sending half of the connection, as after an upgrade. */
  void halfClose();

  /** Checks that nothing comes for 300 ms. */
  void isSilent();

  /** Checks that a next request on this connection is answered (KEPT). */
  void isKept();

  /** Checks that the server closes without another byte (CLOSED). */
  void isClosed();

  /**
   * Tells whether a server can end this connection by an answer: over HTTP/2 it cannot.
   *
   * @return whether {@link #isClosed()} can be checked
   */
  default boolean endsWithAnswers() {
    return true;
  }

  /**
   * Returns what went over this connection, for a report.
   *
   * @return text
   */
  String seen();

  /** Goes away. */
  @Override
  void close();
}
