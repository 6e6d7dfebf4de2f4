package org.pipebridge.server.exchange;

import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.Executor;

/** Takes a connection that a transport turns over; exactly one of its methods is called, once. */
public interface Upgrading {

  /**
   * Takes the connection, after the 101; from any thread, and returns at once.
   *
   * @param connection the connection; its operations complete on any thread, and closing it fails
   *     those that are pending. What the client has sent already is read first
   * @param executor what runs the application's code, which may block
   */
  void opened(AsynchronousByteChannel connection, Executor executor);

  /**
   * Learns that the connection cannot be turned over.
   *
   * @param cause why; an IOException says that the client is gone
   */
  void failed(Throwable cause);
}
