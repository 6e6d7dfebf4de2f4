package org.pipebridge.servlet;

import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;

/**
 * A read that waits for bytes.
 *
 * @param <A> what the handler is given back
 */
record PendingRead<A>(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {

  void complete(int count) {
    done.completed(count, attachment);
  }

  void fail(Throwable cause) {
    done.failed(cause, attachment);
  }
}
