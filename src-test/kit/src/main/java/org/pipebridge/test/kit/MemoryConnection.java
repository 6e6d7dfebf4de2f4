package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Headers;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryRequest;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;
import org.pipebridge.test.kit.Answer.Framing;

/** The requests that a client would send on one connection, in memory. */
final class MemoryConnection implements Connection {

  private static final Duration SILENCE = Duration.ofMillis(300);

  private final InMemoryServer server;
  private final Request ping;
  private final Queue<Sent> unanswered = new ArrayDeque<>();
  private final StringBuffer seen = new StringBuffer();
  private @Nullable Sent last;

  private record Sent(String method, InMemoryExchange exchange) {}

  MemoryConnection(InMemoryServer server, Request ping) {
    this.server = server;
    this.ping = ping;
  }

  @Override
  public void send(Request request) {
    seen.append("\n> ").append(request.method()).append(' ').append(request.target());
    InMemoryRequest sent = server.request(request.method(), request.target());
    sent.protocol(request.version());
    for (Field field : request.headers()) {
      seen.append("\n> ").append(field);
      if (!field.name().equalsIgnoreCase("Content-Length")) {
        sent.header(field.name(), field.value());
      }
    }
    byte[] content = request.unframed();
    boolean chunked = request.headers().stream().anyMatch(MemoryConnection::isChunked);
    if (chunked) {
      sent.openContent();
    } else if (content.length > 0) {
      sent.content(content);
    }
    request.trailers().forEach(line -> sent.trailer(line.name(), line.value()));
    InMemoryExchange exchange = sent.begin();
    if (chunked) {
      exchange.write(content);
      exchange.end();
    }
    unanswered.add(new Sent(request.method(), exchange));
  }

  @Override
  public Head head() {
    InMemoryExchange exchange = current().exchange;
    assertThat(exchange.status()).as("status of the response, 0: there was none").isNotZero();
    return new Head("", exchange.status(), "", fields(exchange.headers()));
  }

  private static List<Field> fields(Headers headers) {
    List<Field> fields = new ArrayList<>();
    headers.forEach((name, value) -> fields.add(new Field(name, value)));
    return fields;
  }

  @Override
  public byte[] content(int count) {
    return current().exchange.read(count);
  }

  @Override
  public Answer answer() {
    Sent sent = current();
    Head head = head();
    InMemoryResponse response = sent.exchange.response();
    unanswered.remove();
    last = sent;
    seen.append("\n< ").append(head).append("\n< ").append(response.text());
    seen.append(response.isComplete() ? "" : "\n! broken off");
    boolean killed = !response.isComplete();
    Framing framing = framing(head, sent.method);
    List<Field> trailers = fields(response.trailers());
    List<Head> interim =
        sent.exchange.earlyHints().stream().map(h -> new Head("", 103, "", fields(h))).toList();
    return new Answer(head, response.content(), framing, List.of(), trailers, killed, interim);
  }

  private static Framing framing(Head head, String method) {
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return Framing.NONE;
    }
    return head.values("Content-Length").isEmpty() ? Framing.CHUNKED : Framing.LENGTH;
  }

  @Override
  public void write(byte[] bytes) {
    current().exchange.write(bytes);
  }

  @Override
  public int read() {
    byte[] one = current().exchange.read(1);
    return one.length == 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void halfClose() {
    current().exchange.end();
  }

  @Override
  public void isSilent() {
    assertThat(current().exchange.awaitAnything(SILENCE)).as("anything within 300 ms").isFalse();
  }

  @Override
  public void isKept() {
    assertThat(isLastClosed()).as("closed after the answer").isFalse();
    send(ping);
    assertThat(answer().text()).as("answer to a next request").isEqualTo("pong");
  }

  @Override
  public void isClosed() {
    assertThat(isLastClosed()).as("closed after the answer").isTrue();
  }

  private boolean isLastClosed() {
    return last != null && last.exchange.closesConnection();
  }

  @Override
  public String seen() {
    return seen.toString();
  }

  @Override
  public void close() {
    unanswered.forEach(sent -> sent.exchange.disconnect());
  }

  private static boolean isChunked(Field field) {
    return field.name().equalsIgnoreCase("Transfer-Encoding");
  }

  private Sent current() {
    Sent sent = unanswered.peek();
    if (sent == null) {
      throw new IllegalStateException("nothing was sent that is not answered");
    }
    return sent;
  }
}
