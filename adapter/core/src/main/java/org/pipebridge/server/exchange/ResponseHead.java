package org.pipebridge.server.exchange;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.internal.Stages;

/**
 * Status and headers of a response, and its one-way start (R1 to R5).
 *
 * <pre>
 *   NEW ------> STARTING ------> STARTED ------> COMPLETED
 *    ^ not allowed  |  a callback     |  more than
 *    +--------------+  failed         v  Content-Length
 *                   +------------> FAILED
 * </pre>
 *
 * NEW: all may change. STARTING: callbacks run, which may still change all, but not write. STARTED:
 * status and headers are final; they reach the transport with the first byte, flush or end.
 * COMPLETED: the end of the message was sent. FAILED: an error answer or a broken message follows,
 * whatever the application does.
 */
final class ResponseHead extends ResponseCallbacks {

  private enum State {
    NEW,
    STARTING,
    STARTED,
    COMPLETED,
    FAILED
  }

  private static final int SWITCHING_PROTOCOLS = 101;

  private State state = State.NEW;
  private int status;
  private @Nullable ResponseHeaders headers;
  private CompletionStage<Void> start = Stages.completed();
  private @Nullable Throwable fault;
  private long contentLength = -1;
  private boolean sent;
  private boolean handedOver;
  private boolean unbuffered;

  ResponseHead(Exchange exchange, int status) {
    super(exchange);
    this.status = status;
  }

  @Override
  public int status() {
    exchange.checkAlive();
    return handedOver ? exchange.transport().handedOverStatus() : status;
  }

  @Override
  public void setStatus(int status) {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("status must be in 200..999, but is " + status);
    }
    checkWritable("status");
    this.status = status;
  }

  @Override
  public Headers headers() {
    exchange.checkAlive();
    return sentHeaders();
  }

  @Override
  public boolean hasStarted() {
    exchange.checkAlive();
    return isStarted();
  }

  void checkReadable() {
    exchange.checkAlive();
  }

  @Override
  void checkWritable(String what) {
    exchange.checkAlive();
    if (state != State.NEW && state != State.STARTING) {
      throw new IllegalStateException(
          what + " must be set before the response has started, but it has, with status " + status);
    }
  }

  boolean isNew() {
    return state == State.NEW;
  }

  boolean isStarted() {
    return state != State.NEW && state != State.STARTING;
  }

  boolean isCompleted() {
    return state == State.COMPLETED;
  }

  /** Whether something else answers, on the head of this response (W32). */
  boolean isHandedOver() {
    return handedOver;
  }

  void handOver() throws IOException {
    handedOver = true;
    send(false);
  }

  /** Whether the transport has been given the head. */
  boolean isSent() {
    return sent;
  }

  long contentLength() {
    return contentLength;
  }

  /** Has each write of content go to the network at once. */
  void disableBuffering() {
    unbuffered = true;
  }

  boolean isUnbuffered() {
    return unbuffered;
  }

  /** What doomed the response: a failed callback, or too much content. */
  @Nullable Throwable fault() {
    return fault;
  }

  /** The stage of the start that is under way, or of the last one. */
  CompletionStage<Void> pendingStart() {
    return start;
  }

  /** Refuses content before the start if this status has none (R33). */
  void checkContentAllowed() {
    if (status == 204 || status == 205 || status == 304) {
      throw new IllegalStateException("a response with status " + status + " has no content");
    }
  }

  /** Starts the response, once; later calls give the same result. */
  CompletionStage<Void> start() {
    if (state == State.NEW) {
      state = State.STARTING;
      CompletionStage<Void> callbacks = runStarting();
      start =
          Stages.isDone(callbacks)
              ? started(Stages.failureOf(callbacks))
              : callbacks
                  .handle((ignored, failure) -> started(failure))
                  .thenCompose(stage -> stage);
    } else if (state == State.FAILED) {
      return CompletableFuture.failedStage(failed());
    }
    return start;
  }

  private CompletionStage<Void> started(@Nullable Throwable failure) {
    if (failure != null) {
      fail(Stages.unwrap(failure));
      return CompletableFuture.failedStage(failed());
    }
    Upgrade upgrade = exchange.upgrade();
    if (upgrade != null) {
      status = SWITCHING_PROTOCOLS; // whatever a callback has set
      sentHeaders().set(HeaderNames.CONNECTION, HeaderNames.UPGRADE);
      upgrade.nameProtocol(sentHeaders());
    }
    contentLength = headers == null || isSwitching() ? -1 : headers.length();
    if ((status == 204 || status == 205) && contentLength > 0) {
      state = State.NEW;
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "a response with status %d has no content, but declares Content-Length %d"
                  .formatted(status, contentLength)));
    }
    state = State.STARTED;
    return Stages.completed();
  }

  /** Starts the response that turns the connection over, with status 101 (U2). */
  CompletionStage<Void> startUpgrade() {
    status = SWITCHING_PROTOCOLS;
    return start();
  }

  /** Whether the head is that of an upgrade, which names the protocol, against V9 (U4). */
  boolean isSwitching() {
    return status == SWITCHING_PROTOCOLS;
  }

  /** Dooms the response. */
  void fail(Throwable cause) {
    fault = cause;
    state = State.FAILED;
  }

  void complete() {
    state = State.COMPLETED;
  }

  /** Throws if nothing can be written any more, whatever the reason. */
  void checkOpen() {
    if (state == State.FAILED) {
      throw failed();
    }
    if (state == State.COMPLETED) {
      throw new IllegalStateException("the response is complete; nothing can be written any more");
    }
    if (state == State.STARTING) {
      throw new IllegalStateException("an onStarting callback must not write (R3)");
    }
    if (isSwitching()) {
      throw new IllegalStateException("the request was upgraded; its response has no content (U4)");
    }
  }

  private IllegalStateException failed() {
    return new IllegalStateException("the response has failed: " + fault, fault);
  }

  /**
   * Gives the head to the transport, once.
   *
   * @param empty whether the message ends without content, so that its length is known (R26)
   */
  void send(boolean empty) throws IOException {
    if (sent) {
      return;
    }
    sent = true;
    boolean bodiless = status == 204 || status == 304;
    boolean lengthOpen = contentLength < 0 && !bodiless && !exchange.isHead();
    if (status == 205 || (empty && lengthOpen && !exchange.transport().hasTrailers())) {
      contentLength = 0;
    }
    ResponseHeaders all = sentHeaders();
    String dropped = all.droppedName();
    if (dropped != null) {
      exchange
          .server()
          .log(
              System.Logger.Level.DEBUG,
              "response header %s belongs to the server and was dropped".formatted(dropped));
    }
    exchange
        .transport()
        .begin(
            status,
            all,
            status == 204 ? -1 : contentLength,
            exchange.isLastOnConnection() && !isSwitching());
  }

  /**
   * Replaces everything by an empty error answer that the transport is given at once (R12, R14).
   */
  void replaceByError(int errorStatus) throws IOException {
    state = State.COMPLETED;
    sent = true;
    status = errorStatus;
    headers = new ResponseHeaders(this);
    contentLength = 0;
    exchange.transport().dropExtras();
    exchange.transport().begin(errorStatus, headers, 0, exchange.isLastOnConnection());
  }

  /** Notes the status of a request that was aborted before its response could start (R9, A6). */
  void abortedBeforeStart() {
    status = 499;
  }

  private ResponseHeaders sentHeaders() {
    if (headers == null) {
      headers = new ResponseHeaders(this);
    }
    return headers;
  }
}
