package org.pipebridge.test.kit;

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

  /** Checks that nothing comes for 300 ms. */
  void isSilent();

  /** Checks that a next request on this connection is answered (KEPT). */
  void isKept();

  /** Checks that the server closes without another byte (CLOSED). */
  void isClosed();

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
