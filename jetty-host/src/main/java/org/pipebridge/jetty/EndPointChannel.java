package org.pipebridge.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.pipebridge.internal.AsyncChannel;

/** An end point as a channel: nobody waits in it. */
final class EndPointChannel extends AsyncChannel {

  private static final int CHUNK_BYTES = 8192;

  private final EndPoint endPoint;
  private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;

  EndPointChannel(EndPoint endPoint) {
    this.endPoint = endPoint;
  }

  @Override
  public <A> void read(ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
    int count;
    try {
      count = ahead.hasRemaining() ? 0 : fill(Math.min(into.remaining(), CHUNK_BYTES));
    } catch (IOException | RuntimeException e) {
      done.failed(e, attachment);
      return;
    }
    if (ahead.hasRemaining()) {
      done.completed(BufferUtil.put(ahead, into), attachment);
    } else if (count < 0) {
      done.completed(count, attachment);
    } else {
      endPoint.fillInterested(
          Callback.from(
              () -> read(into, attachment, done), failure -> done.failed(failure, attachment)));
    }
  }

  private int fill(int capacity) throws IOException {
    ByteBuffer buffer = BufferUtil.allocate(capacity);
    int count = endPoint.fill(buffer);
    ahead = buffer;
    return count;
  }

  @Override
  public <A> void write(ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
    int count = from.remaining();
    endPoint.write(
        Callback.from(
            () -> done.completed(count, attachment), failure -> done.failed(failure, attachment)),
        from);
  }

  @Override
  public boolean isOpen() {
    return endPoint.isOpen();
  }

  @Override
  public void close() {
    endPoint.close();
  }
}
