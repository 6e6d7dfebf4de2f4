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
 *   HEAD --30 s--> REFUSED            IDLE --server stops--> REFUSED
 * </pre>
 *
 * <p>It sees the bytes of a request before Jetty's parser does. What it finds wrong it makes
 * unreadable for the parser, which so refuses the request in the usual way; {@link EmptyErrors}
 * then asks for the {@link #fault()}.
 */
final class WatchedEndPoint extends ForwardingEndPoint {

  private enum Phase {
    IDLE,
    HEAD,
    REQUEST,
    UPGRADED,
    REFUSED
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
  private final RequestLine line;
  private final ReadWatch reads;
  private final OwnTrailers trailers = new OwnTrailers();
  private volatile long since = System.nanoTime();
  private final Executor executor;
  private final MinDataRates rates;
  private volatile @Nullable HttpRequestLifetimeFeature lifetime;
  private volatile @Nullable Response response;
  private volatile @Nullable ClientPace pace;
  private int fault;
  private int headBytes;
  private boolean beyondAscii;
  private boolean emptyHost;
  private boolean headWanted;
  private boolean answered;
  private @Nullable String hiddenTarget;
  private @Nullable String reasonPhrase;

  /** Whether the next byte is known to be the first of a request. */
  private boolean atStart = true;

  /** Whether nothing was read since a request was over. */
  private boolean justOver;

  private boolean endedInBlankLine;

  WatchedEndPoint(EndPoint inner, Executor executor, JettyOptions options) {
    super(inner);
    this.executor = executor;
    this.rates = options.minDataRates();
    this.line = new RequestLine(options.maxRequestLineBytes());
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
    atStart |= justOver; // the parser had nothing left, or it would not ask yet
    justOver = false;
    int filled = reads.fill(buffer);
    ClientPace watching = pace;
    if (watching != null) {
      watching.filled(filled);
    }
    if (filled > 0 && (current == Phase.IDLE || current == Phase.HEAD)) {
      inspect(buffer, buffer.limit() - filled, buffer.limit());
    }
    return filled;
  }

  private void inspect(ByteBuffer buffer, int from, int to) {
    if (phase.compareAndSet(Phase.IDLE, Phase.HEAD)) {
      since = System.nanoTime();
    }
    headBytes += to - from;
    beyondAscii |= Bytes.isBeyondAscii(buffer, from, to);
    endedInBlankLine = Bytes.endsInBlankLine(buffer, from, to);
    if (atStart && fault == RequestLine.FINE) {
      fault = line.scan(buffer, from, to);
      amend(buffer);
    }
    if (fault != RequestLine.FINE) {
      buffer.put(from, (byte) 0); // no parser takes a NUL in a request head
    }
  }

  private void amend(ByteBuffer buffer) {
    if (line.isOdd() && line.targetFrom() >= 0 && line.targetTo() >= 0) {
      hiddenTarget = Amendments.hideTarget(buffer, line.targetFrom(), line.targetTo());
    }
    if (line.end() >= 0) {
      emptyHost = Amendments.fillHost(buffer, line.end());
    }
  }

  /** Notes that a request is handled; false: it comes too late. */
  boolean begin(Request request, Response response) {
    Phase before = phase.get();
    while (before != Phase.REFUSED && !phase.compareAndSet(before, Phase.REQUEST)) {
      before = phase.get();
    }
    if (!rates.equals(MinDataRates.NONE)) {
      pace().watch(rates);
    }
    headWanted = HttpMethod.HEAD.is(request.getMethod());
    if (asksForUpgrade(request)) {
      takeUnread(request.getConnectionMetaData().getConnection());
    }
    this.response = response;
    since = System.nanoTime();
    return before != Phase.REFUSED;
  }

  private static boolean asksForUpgrade(Request request) {
    return request.getHeaders().contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString());
  }

  /** Takes what is behind the head, or the parser would drop line ends there as its own (U6). */
  private void takeUnread(Connection parsing) {
    ByteBuffer unread =
        parsing instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null;
    if (unread != null) {
      reads.putBack(unread);
      endedInBlankLine = true;
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

  /** Notes that a request is over, with the last byte of its response sent and its content read. */
  void over() {
    lifetime = null;
    response = null;
    fault = RequestLine.FINE;
    headBytes = 0;
    beyondAscii = false;
    emptyHost = false;
    headWanted = false;
    answered = phase.get() == Phase.UPGRADED;
    hiddenTarget = null;
    reasonPhrase = null;
    atStart = false;
    justOver = true;
    line.reset();
    since = System.nanoTime();
    phase.compareAndSet(Phase.REQUEST, Phase.IDLE);
  }

  /** The status of what was wrong with the request line, or {@link RequestLine#FINE}. */
  int fault() {
    return fault;
  }

  /** Whether the request target starts with "/", as far as it was seen. */
  boolean isOriginForm() {
    return line.isOriginForm();
  }

  /** The request target as sent, if Jetty was shown another one; else null. */
  @Nullable String hiddenTarget() {
    return hiddenTarget;
  }

  /** Whether the Host is empty, and Jetty was shown another one. */
  boolean isHostEmpty() {
    return emptyHost;
  }

  /** What tells the trailers of a request from those of the requests before it. */
  OwnTrailers trailers() {
    return trailers;
  }

  /** What watches how fast the client is, if that was ever wanted on this connection. */
  @Nullable ClientPace existingPace() {
    return pace;
  }

  ClientPace pace() {
    ClientPace made = pace;
    if (made == null) {
      made = new ClientPace();
      pace = made;
    }
    return made;
  }

  /** Lets the client take its time from now on. */
  void stopPace() {
    ClientPace watching = pace;
    if (watching != null) {
      watching.stop();
    }
  }

  /** How many bytes came in while the head did; content may be among them. */
  int headBytes() {
    return headBytes;
  }

  /** Whether the head may have other bytes than ASCII. */
  boolean mayBeBeyondAscii() {
    return beyondAscii || headBytes == 0; // 0: it came with what was before it
  }

  @Override
  public void write(Callback callback, ByteBuffer... buffers) {
    ByteBuffer[] sent = buffers;
    if (!answered && buffers.length > 0) {
      answered = !AnswerHead.isInterim(buffers[0]);
      sent = AnswerHead.amend(buffers, headWanted, reasonPhrase);
    }
    ClientPace watching = pace;
    super.write(watching == null ? callback : watching.during(callback, sent), sent);
  }

  @Override
  public void fillInterested(Callback callback) {
    if (justOver) {
      atStart = endedInBlankLine; // else the parser may have the beginning of a request
      justOver = false;
    }
    readWaits();
    reads.fillInterested(callback);
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    readWaits();
    return reads.tryFillInterested(callback);
  }

  private void readWaits() {
    ClientPace watching = pace;
    if (watching != null && phase.get() == Phase.REQUEST) {
      watching.readWaits();
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

  /** Looks, from time to time, after what Jetty does not: slow heads and clients that have gone. */
  void check(long now, long headerTimeoutNanos, long disconnectCheckNanos) {
    Phase current = phase.get();
    long elapsed = now - since;
    if (current == Phase.HEAD && elapsed > headerTimeoutNanos) {
      if (phase.compareAndSet(Phase.HEAD, Phase.REFUSED)) {
        refuse();
      }
      return;
    }
    if (current == Phase.REQUEST && elapsed > disconnectCheckNanos) {
      reads.watch();
    }
    ClientPace watching = pace;
    if (watching != null && current == Phase.REQUEST) {
      watching.check(now, getConnection(), () -> executor.execute(this::abort));
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
