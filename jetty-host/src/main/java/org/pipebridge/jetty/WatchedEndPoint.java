package org.pipebridge.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestLifetimeFeature;

/**
 * The end of an HTTP/1 connection, which knows what the connection is doing.
 *
 * <pre>
 *   IDLE --bytes--> HEAD --handled--> REQUEST --over--> IDLE
 *                                     REQUEST --upgrade--> UPGRADED
 *   HEAD --headerTimeout--> REFUSED   IDLE --server stops--> REFUSED
 * </pre>
 *
 * <p>It sees the {@linkplain RequestHead head} of a request before Jetty's parser does.
 */
final class WatchedEndPoint extends PacedEndPoint {

  private enum Phase {
    IDLE,
    HEAD,
    REQUEST,
    UPGRADED,
    REFUSED
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
  private final RequestHead head;
  private final ReadWatch reads;
  private final OwnTrailers trailers = new OwnTrailers();
  private volatile long since = System.nanoTime();
  private final Executor executor;
  private volatile @Nullable HttpRequestLifetimeFeature lifetime;
  private volatile @Nullable Response response;
  private boolean toHead;
  private boolean answered;
  private @Nullable String reasonPhrase;

  WatchedEndPoint(EndPoint inner, Executor executor, JettyOptions options) {
    super(inner, options.minDataRates());
    this.executor = executor;
    this.head = new RequestHead(options.maxRequestLineBytes());
    this.reads = new ReadWatch(inner, executor, this::disconnected);
  }

  /** Returns what a request came through, or null if it is not an HTTP/1 request of ours. */
  static @Nullable WatchedEndPoint of(Request request) {
    return of(request.getConnectionMetaData().getConnection());
  }

  /** Returns what a connection, perhaps one of TLS, is watched by, or null if it is not. */
  static @Nullable WatchedEndPoint of(@Nullable Connection outer) {
    Connection connection = decrypted(outer);
    return connection != null
            && connection.getEndPoint() instanceof WatchedEndPoint watched
            && !(connection instanceof HTTP2Connection) // which has many requests at a time
        ? watched
        : null;
  }

  /** Returns the connection that TLS, if it is one of TLS, carries. */
  static @Nullable Connection decrypted(@Nullable Connection outer) {
    return outer instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : outer;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    Phase current = phase.get();
    if (current == Phase.REFUSED) {
      return -1;
    }
    int filled = reads.fill(buffer);
    filled(filled);
    if (filled > 0 && (current == Phase.IDLE || current == Phase.HEAD)) {
      if (current == Phase.IDLE) {
        since = System.nanoTime(); // before a check sees the phase
        phase.compareAndSet(Phase.IDLE, Phase.HEAD);
      }
      head.inspect(buffer, buffer.limit() - filled, buffer.limit());
    }
    return filled;
  }

  /** Notes that a request is handled; false: it comes too late. */
  boolean begin(Request request, Response response) {
    this.response = response;
    since = System.nanoTime();
    Phase before = phase.getAndUpdate(p -> p == Phase.REFUSED ? p : Phase.REQUEST);
    startPace();
    toHead = HttpMethod.HEAD.is(request.getMethod());
    if (asksForUpgrade(request)) {
      takeUnread(request.getConnectionMetaData().getConnection());
    }
    return before != Phase.REFUSED;
  }

  private static boolean asksForUpgrade(Request request) {
    return request.getHeaders().contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString());
  }

  /**
   * Takes what the parser has and has not looked at. Behind a head it would drop line ends there as
   * its own (U6); behind a request it would begin with the next head before that was inspected.
   */
  private void takeUnread(@Nullable Connection parsing) {
    ByteBuffer unread =
        parsing instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null;
    if (unread != null) {
      reads.putBack(unread);
    }
  }

  /** Notes whom to tell when the client of the request goes away. */
  void setLifetime(HttpRequestLifetimeFeature lifetime) {
    this.lifetime = lifetime;
  }

  /** Notes the reason phrase of the response to come, null for the standard one (F45). */
  void setReasonPhrase(@Nullable String reasonPhrase) {
    this.reasonPhrase = reasonPhrase;
  }

  /**
   * Notes that a request is over, with the last byte of its response sent and its content read; or
   * that it failed, which ends the connection, and somebody may still be reading.
   */
  void over(boolean failed) {
    lifetime = null;
    response = null;
    if (!failed) {
      takeUnread(getConnection());
    }
    head.over();
    toHead = false;
    answered = phase.get() == Phase.UPGRADED;
    reasonPhrase = null;
    since = System.nanoTime();
    phase.compareAndSet(Phase.REQUEST, Phase.IDLE);
  }

  /** The head of the request that runs or comes in. */
  RequestHead head() {
    return head;
  }

  /** What tells the trailers of a request from those of the requests before it. */
  OwnTrailers trailers() {
    return trailers;
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    ByteBuffer[] sent = buffers;
    if (!answered && buffers.length > 0) {
      answered = !AnswerHead.isInterim(buffers[0]);
      sent = AnswerHead.amend(buffers, toHead, reasonPhrase);
    }
    super.write(callback, sent);
  }

  @Override
  public void fillInterested(Callback callback) {
    readWaits();
    reads.fillInterested(callback);
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    readWaits();
    return reads.tryFillInterested(callback);
  }

  private void readWaits() {
    if (phase.get() == Phase.REQUEST) {
      contentAwaited();
    }
  }

  @Override
  public boolean isFillInterested() {
    return reads.isFillInterested();
  }

  /** Another protocol takes over, whose bytes are none of ours. */
  @Override
  public void setConnection(Connection connection) {
    phase.set(Phase.UPGRADED);
    answered = true;
    super.setConnection(connection);
  }

  /** Closes the connection if no request has begun on it; returns whether it is closed. */
  boolean closeIfIdle() {
    if (phase.compareAndSet(Phase.IDLE, Phase.REFUSED)) {
      close();
    }
    return !isOpen();
  }

  /** Ends the output if no request has begun; a client that was answered closes then. */
  void endIfIdle() {
    if (phase.get() == Phase.IDLE) {
      shutdownOutput();
    }
  }

  /** Looks, from time to time, after what Jetty does not: slow heads and clients that have gone. */
  void check(long now, long headerTimeoutNanos, long disconnectCheckNanos) {
    Phase current = phase.get();
    long elapsed = now - since;
    boolean late = current == Phase.HEAD && elapsed > headerTimeoutNanos;
    if (late && phase.compareAndSet(Phase.HEAD, Phase.REFUSED)) {
      refuse();
    }
    if (current == Phase.REQUEST) {
      if (elapsed > disconnectCheckNanos) {
        reads.watch();
      }
      checkPace(now, () -> executor.execute(this::abort));
    }
  }

  /** The parser waits for bytes, so nobody else writes. */
  private void refuse() {
    write(Callback.from(this::close, this::close), RawAnswers.requestTimeout());
  }

  /** If the last bytes are on their way, their write tells whether they found nobody (A4, A5). */
  private void disconnected() {
    Response open = response;
    if (open != null && !open.hasLastWrite()) {
      abort();
    }
  }

  private void abort() {
    HttpRequestLifetimeFeature watched = lifetime;
    if (watched != null && phase.get() == Phase.REQUEST) {
      watched.abort();
    }
  }
}
