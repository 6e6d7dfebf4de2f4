package org.pipebridge.jetty;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through the application, and what comes after it: content that nobody read
 * is taken in, for a while, so that the connection can be used again (Q30).
 *
 * <p>Jetty would take in what is there already and close otherwise. It is taken in too when the
 * connection is not to be used again, since closing with bytes unread resets the connection, and
 * the client may never see the response.
 */
final class ServedRequest extends Request.Wrapper implements Callback {

  private final Callback callback;
  private final @Nullable WatchedEndPoint endPoint;
  private final Duration drainTimeout;
  private final boolean streamEnded;

  ServedRequest(
      Request request,
      Callback callback,
      @Nullable WatchedEndPoint endPoint,
      Duration drainTimeout) {
    super(request);
    this.callback = callback;
    this.endPoint = endPoint;
    this.drainTimeout = drainTimeout;
    this.streamEnded = endPoint == null && Http2Stream.isEnded(request);
  }

  /** Whether the head ended the request, in a stream of HTTP/2 (F29). */
  boolean isStreamEnded() {
    return streamEnded;
  }

  @Override
  public HttpFields getHeaders() {
    HttpFields headers = super.getHeaders();
    boolean hostEmpty = endPoint != null && endPoint.head().isHostEmpty();
    return hostEmpty ? HttpFields.build(headers).put(HttpHeader.HOST, "") : headers;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (endPoint != null && chunk instanceof Trailers trailers) {
      HttpFields own = endPoint.trailers().take(trailers.getTrailers());
      return own.size() == 0 ? Content.Chunk.EOF : new Trailers(own);
    }
    return chunk;
  }

  /** Says that it is done: content is taken in after the response, not before it. */
  @Override
  public boolean consumeAvailable() {
    return endPoint != null || super.consumeAvailable();
  }

  @Override
  public void succeeded() {
    if (endPoint != null) {
      endPoint.stopPace();
    }
    if (endPoint != null && hasContent() && !awaitsContinue()) {
      new Drain(endPoint).run();
    } else {
      end(null);
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (endPoint != null) {
      endPoint.stopPace();
    }
    end(failure);
  }

  @Override
  public InvocationType getInvocationType() {
    return callback.getInvocationType();
  }

  private boolean hasContent() {
    return getLength() > 0 || getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** Whether the client waits to be told to send content, which nobody did (Q22). */
  private boolean awaitsContinue() {
    return getHeaders().contains(HttpHeader.EXPECT) && !getConnectionMetaData().isPersistent();
  }

  private void end(@Nullable Throwable failure) {
    if (endPoint != null) {
      endPoint.over(failure != null);
    }
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }

  /** Reads what is left until its end, a fault or a deadline. */
  private final class Drain implements Runnable {

    private final WatchedEndPoint connection;
    private Scheduler.@Nullable Task deadline;

    Drain(WatchedEndPoint connection) {
      this.connection = connection;
    }

    @Override
    public void run() {
      while (true) {
        Content.Chunk chunk = ServedRequest.this.read();
        if (chunk == null) {
          await();
          return;
        }
        chunk.release();
        if (Content.Chunk.isFailure(chunk)) {
          finish(chunk.getFailure());
          return;
        }
        if (chunk.isLast()) {
          finish(null);
          return;
        }
      }
    }

    private void await() {
      if (deadline == null) {
        deadline =
            getComponents()
                .getScheduler()
                .schedule(this::tooSlow, drainTimeout.toMillis(), TimeUnit.MILLISECONDS);
      }
      ServedRequest.this.demand(this);
    }

    /** Closing makes the pending read fail, which ends it. */
    private void tooSlow() {
      connection.close(new TimeoutException("the rest of the request did not come in time"));
    }

    private void finish(@Nullable Throwable failure) {
      if (deadline != null) {
        deadline.cancel();
      }
      if (failure != null) {
        connection.close(new IOException("the rest of the request is broken", failure));
      }
      end(null);
    }
  }
}
