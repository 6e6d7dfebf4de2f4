package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A connection over a socket that speaks HTTP/1 byte by byte, and can break its rules. */
public final class RawConnection implements Connection {

  private final Wire wire;
  private final Request ping;
  private final Queue<String> unanswered = new ArrayDeque<>();
  private final List<Head> interim = new ArrayList<>();
  private @Nullable AnswerReader current;

  RawConnection(InetSocketAddress address, Request ping) {
    this(new Wire(address, null, Patience.DEFAULT), ping);
  }

  RawConnection(Wire wire, Request ping) {
    this.wire = wire;
    this.ping = ping;
  }

  /**
   * Connects to a server that is not under test by the kit; {@link #isKept()} cannot be checked.
   *
   * @param address where the server listens
   * @return a connection
   */
  public static RawConnection to(InetSocketAddress address) {
    return new RawConnection(address, Request.of("GET", "/").header("Host", "localhost"));
  }

  @Override
  public void send(Request request) {
    unanswered.add(request.method());
    wire.write(request.bytes());
  }

  /**
   * Sends requests in one piece, pipelined.
   *
   * @param requests the requests, in order
   */
  public void sendTogether(Request... requests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Request request : requests) {
      unanswered.add(request.method());
      bytes.writeBytes(request.bytes());
    }
    wire.write(bytes.toByteArray());
  }

  /**
   * Sends a request whose head is not in UTF-8.
   *
   * @param request the request, without content
   * @param charset what its head is written in
   */
  public void send(Request request, Charset charset) {
    unanswered.add(request.method());
    wire.write(request.head(charset));
  }

  /**
   * Sends text as it is. An answer to it is read as one to GET.
   *
   * @param text what to send, as UTF-8
   */
  public void write(String text) {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(byte[] bytes) {
    wire.write(bytes);
  }

  @Override
  public Head head() {
    if (current != null) {
      return current.head();
    }
    Head head = AnswerReader.readHead(wire);
    if (head.isInterim()) {
      interim.add(head);
    } else {
      String method = unanswered.poll();
      current = new AnswerReader(wire, head, method == null ? "GET" : method, interim);
      interim.clear();
    }
    return head;
  }

  @Override
  public byte[] content(int count) {
    return reader().content(count);
  }

  @Override
  public Answer answer() {
    Answer answer = reader().answer();
    current = null;
    return answer;
  }

  @Override
  public int read() {
    return wire.read();
  }

  /**
   * Waits for the next byte, and leaves it there.
   *
   * @return false if there is none: the server has closed, or reset the connection
   */
  public boolean hasMore() {
    return wire.hasMore();
  }

  @Override
  public void isSilent() {
    assertThat(wire.isSilent()).as("nothing on the wire for 300 ms").isTrue();
  }

  @Override
  public void isKept() {
    send(ping);
    Answer pong = answer();
    assertThat(pong.text()).as("answer to a next request on the connection").isEqualTo("pong");
  }

  @Override
  public void isClosed() {
    assertThat(wire.read()).as("end of the connection").isEqualTo(-1);
  }

  /**
   * Returns the port at the client's end.
   *
   * @return the port
   */
  public int localPort() {
    return wire.localPort();
  }

  @Override
  public void halfClose() {
    wire.halfClose();
  }

  /** Goes away with a reset. */
  public void reset() {
    wire.resetByClient();
  }

  @Override
  public String seen() {
    return wire.transcript();
  }

  @Override
  public void close() {
    wire.close();
  }

  private AnswerReader reader() {
    while (current == null) {
      head();
    }
    return current;
  }
}
