package org.pipebridge.internal;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A channel of which only the operations with a handler need be written. */
public abstract class AsyncChannel implements AsynchronousByteChannel {

  /** Creates a channel. */
  protected AsyncChannel() {}

  @Override
  public final Future<Integer> read(ByteBuffer into) {
    Result result = new Result();
    read(into, null, result);
    return result;
  }

  @Override
  public final Future<Integer> write(ByteBuffer from) {
    Result result = new Result();
    write(from, null, result);
    return result;
  }

  private static final class Result extends CompletableFuture<Integer>
      implements CompletionHandler<Integer, @Nullable Void> {

    @Override
    public void completed(Integer count, @Nullable Void nothing) {
      complete(count);
    }

    @Override
    public void failed(Throwable cause, @Nullable Void nothing) {
      completeExceptionally(cause);
    }
  }
}
