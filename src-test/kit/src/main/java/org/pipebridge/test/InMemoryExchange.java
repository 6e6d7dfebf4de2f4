package org.pipebridge.test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.pipebridge.feature.Headers;
import org.pipebridge.server.exchange.Exchange;

/**
 * A request to an {@link InMemoryServer} that is under way, as its client sees it.
 *
 * <p>What waits gives up after 20 seconds with an {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class InMemoryExchange {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final MemoryTransport transport;
  private final Exchange exchange;

  InMemoryExchange(MemoryTransport transport, Exchange exchange) {
    this.transport = transport;
    this.exchange = exchange;
  }

  /**
   * Sends content of a request that was begun with {@link InMemoryRequest#openContent()}, or bytes
   * on a connection that was upgraded (U6).
   *
   * @param bytes the content
   */
  public void write(byte[] bytes) {
    transport.content().add(bytes);
  }

  /**
   * Ends the content of a request that was begun with {@link InMemoryRequest#openContent()}, or the
   * client's half of a connection that was upgraded.
   */
  public void end() {
    transport.content().end();
  }

  /** Goes away: the request is aborted unless its response has ended (A3, A4). */
  public void disconnect() {
    transport.pipe().breakOff();
    if (transport.pipe().isBroken()) {
      exchange.disconnected(new IOException("the client has gone away"));
    }
    transport.content().breakOff();
  }

  /**
   * Returns the early hints that have been sent until now (F53).
   *
   * @return the header lines of each interim response, in order
   */
  public List<Headers> earlyHints() {
    return transport.hints();
  }

  /**
   * Waits for the head of the response.
   *
   * @return the status; 0 if the request was aborted before it had one
   */
  public int status() {
    ResponseStart start = transport.pipe().awaitStart(DEADLINE);
    return start == null ? 0 : start.status();
  }

  /**
   * Waits for the head of the response.
   *
   * @return the headers; none if the request was aborted before it had any
   */
  public Headers headers() {
    ResponseStart start = transport.pipe().awaitStart(DEADLINE);
    return start == null ? Headers.create() : start.headers();
  }

  /**
   * Waits for content of the response.
   *
   * @param count how many bytes
   * @return the next bytes; fewer if the response ends before
   */
  public byte[] read(int count) {
    return transport.pipe().take(count, DEADLINE);
  }

  /**
   * Waits for anything that this client has not seen yet: a head, content, or the end.
   *
   * @param time how long
   * @return whether something came
   */
  public boolean awaitAnything(Duration time) {
    return transport.pipe().awaitAnything(time);
  }

  /**
   * Waits for the end of the response.
   *
   * @return the whole response, what was read of it before included
   */
  public InMemoryResponse response() {
    int status = status();
    byte[] content = transport.pipe().all(DEADLINE);
    boolean complete = !transport.pipe().isBroken();
    return new InMemoryResponse(status, headers(), content, transport.pipe().trailers(), complete);
  }

  /** Waits until the request is over: its callbacks have run, its context is disposed. */
  public void awaitOver() {
    transport.pipe().awaitFinished(DEADLINE);
  }

  /**
   * Waits until the request is over and tells whether a connection would then be closed.
   *
   * @return whether no other request could come on the connection
   */
  public boolean closesConnection() {
    awaitOver();
    return transport.closes();
  }
}
