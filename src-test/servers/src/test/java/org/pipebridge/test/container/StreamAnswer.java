package org.pipebridge.test.container;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;

/** The answer to an {@link AbortPlan} on a stream of HTTP/2, checked as it comes. */
final class StreamAnswer implements Stream.Listener {

  /** Why no more of it is read. */
  enum End {
    WHOLE,
    BROKEN,
    ENOUGH
  }

  private final AbortPlan plan;
  private final long most;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private Stream stream;
  private int status;
  private String number;
  private long length;
  private volatile boolean ofConnection;
  private volatile String why = "";

  StreamAnswer(AbortPlan plan, long most) {
    this.plan = plan;
    this.most = most;
  }

  void setStream(Stream stream) {
    this.stream = stream;
  }

  Stream stream() {
    return stream;
  }

  CompletableFuture<End> end() {
    return end;
  }

  /** Notes that its connection has closed, and that it did not end of itself. */
  void setClosed() {
    ofConnection = true;
    why = " since its connection was closed";
  }

  /** Whether it breaks off with its connection. */
  boolean isOfConnection() {
    return ofConnection;
  }

  AbortClient.Seen judge() {
    return AbortClient.judge(plan, status, number, length);
  }

  @Override
  public void onHeaders(Stream stream, HeadersFrame frame) {
    MetaData.Response head = (MetaData.Response) frame.getMetaData();
    status = head.getStatus();
    number = head.getHttpFields().get("X-Number");
    goOn(stream, frame.isEndStream());
  }

  private void goOn(Stream stream, boolean last) {
    if (last) {
      end.complete(End.WHOLE);
    } else if (length >= most) {
      end.complete(End.ENOUGH);
    } else {
      stream.demand();
    }
  }

  @Override
  public void onDataAvailable(Stream stream) {
    Stream.Data data = stream.readData();
    if (data == null) {
      stream.demand();
      return;
    }
    byte[] bytes = new byte[data.frame().remaining()];
    data.frame().getByteBuffer().get(bytes);
    boolean last = data.frame().isEndStream();
    data.release();
    try {
      AbortClient.check(plan, length, bytes, 0, bytes.length);
    } catch (AssertionError e) {
      end.completeExceptionally(e);
    }
    length += bytes.length;
    goOn(stream, last);
  }

  @Override
  public void onReset(Stream stream, ResetFrame frame, Callback callback) {
    why = " since it was reset with the error " + frame.getError();
    end.complete(End.BROKEN);
    callback.succeeded();
  }

  @Override
  public void onFailure(
      Stream stream, int error, String reason, Throwable failure, Callback callback) {
    ofConnection = true;
    why = " since it failed with the error %d: %s, %s".formatted(error, reason, failure);
    end.complete(End.BROKEN);
    callback.succeeded();
  }

  @Override
  public String toString() {
    return "after %d bytes the answer to %s breaks off%s".formatted(length, plan, why);
  }
}
