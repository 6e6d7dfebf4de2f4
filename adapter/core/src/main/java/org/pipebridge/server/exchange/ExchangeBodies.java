package org.pipebridge.server.exchange;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.internal.Stages;

/**
 * The part of an {@link Exchange} that has the bodies: makes each when it is first asked for, wakes
 * what is pending, and closes both at the end (C13, C14).
 */
abstract class ExchangeBodies extends IoMode {

  private volatile @Nullable ResponseBody responseBody;
  private volatile @Nullable RequestBody requestBody;
  private @Nullable BodyControl bodyControl;
  private volatile boolean bodiesClosed; // a late thread sees it, or its body is seen (C14)

  abstract Exchange self();

  /**
   * Says that {@link Transport#canRead()}, which said no, would say yes now; from any thread, also
   * when nobody asked. The pending read goes on, on this thread.
   */
  public void readable() {
    RequestBody body = requestBody;
    if (body != null) {
      body.goOn();
    }
  }

  /**
   * Says that {@link Transport#canWrite()}, which said no, would say yes now; from any thread, also
   * when nobody asked. The pending write goes on, on this thread.
   */
  public void writable() {
    ResponseBody body = responseBody;
    if (body != null) {
      body.goOn();
    }
  }

  final long written() {
    ResponseBody body = responseBody;
    return body == null ? 0 : body.written();
  }

  final ResponseBody responseBody() {
    ResponseBody body = responseBody;
    if (body == null) {
      body = new ResponseBody(self());
      responseBody = body;
      if (bodiesClosed) {
        body.close();
      }
    }
    return body;
  }

  final RequestBody requestBody() {
    RequestBody body = requestBody;
    if (body == null) {
      body = new RequestBody(self());
      requestBody = body;
      if (bodiesClosed) {
        body.close();
      }
    }
    return body;
  }

  /** Whether the content of the request was touched, so that its limit is fixed (L5). */
  final boolean isContentUsed() {
    RequestBody read = requestBody;
    return read != null && read.size().isFrozen();
  }

  /** Whether the content of the request was read to its end (T1). */
  final boolean isContentRead() {
    RequestBody body = requestBody;
    return body != null && body.hasEnded();
  }

  /** Why the content of the request was rejected, or null (F47). */
  final @Nullable BadHttpRequestException rejection() {
    RequestBody body = requestBody;
    return body == null ? null : body.fault();
  }

  final BodyControl bodyControl() {
    if (bodyControl == null) {
      bodyControl = new BodyControl(self());
    }
    return bodyControl;
  }

  /**
   * Refuses blocking I/O if it is switched off (B10); without a switch touched, nothing is made.
   */
  final void checkSynchronous(String operation) {
    if (bodyControl != null || !self().server().options().allowSynchronousIo()) {
      bodyControl().checkSynchronous(operation);
    }
  }

  /** Lets no operation on a body begin any more (R6 step 5). */
  final void closeBodies() {
    bodiesClosed = true;
    forEachBody(OneAtATime::close);
    if (isNonBlocking()) {
      readable(); // a read that is pending is over
    }
  }

  /** Lets pending operations see that the request was aborted (A2). */
  final void failPending() {
    if (isNonBlocking()) {
      readable();
      writable();
    }
  }

  /** Ends when a write has ended that another thread has begun before the bodies were closed. */
  final CompletionStage<Void> lastWrite() {
    ResponseBody body = responseBody;
    if (body == null) {
      return Stages.completed();
    }
    if (isNonBlocking()) {
      return body.whenClosed();
    }
    body.awaitClosed();
    return Stages.completed();
  }

  final boolean areBodiesClosed() {
    return bodiesClosed;
  }

  /** Whether no thread is inside a body operation, nor ever will be. */
  final boolean isNobodyInside() {
    ResponseBody written = responseBody;
    RequestBody read = requestBody;
    return (written == null || written.isClosed()) && (read == null || read.isClosed());
  }

  final void awaitBodies() {
    forEachBody(OneAtATime::awaitClosed);
  }

  private void forEachBody(Consumer<OneAtATime> action) {
    ResponseBody written = responseBody;
    if (written != null) {
      action.accept(written);
    }
    RequestBody read = requestBody;
    if (read != null) {
      action.accept(read);
    }
  }
}
