package org.pipebridge.test.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.Request;

/** A connection of HTTP/2 by prior knowledge. Where HTTP/1 closes a connection it stays open. */
final class Http2Connection implements Connection {

  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** What HTTP/2 has no use for (RFC 9113, section 8.2.2). */
  private static final Set<String> OF_A_CONNECTION = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OF_A_CONNECTION.addAll(
        Set.of("Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade"));
  }

  private final InetSocketAddress address;
  private final Session session;
  private final Request ping;
  private final Queue<Http2Answer> unanswered = new ArrayDeque<>();
  private final StringBuffer seen = new StringBuffer();

  Http2Connection(HTTP2Client client, InetSocketAddress address, Request ping) {
    this.address = address;
    this.ping = ping;
    this.session = await(client.connect(address, new Session.Listener() {}));
  }

  @Override
  public void send(Request request) {
    seen.append("\n> ").append(request.method()).append(' ').append(request.target());
    assertThat(request.version()).as("version of a request").isEqualTo("HTTP/1.1");
    byte[] content = request.unframed();
    HttpFields.Mutable fields = HttpFields.build();
    boolean chunked = false;
    for (Field field : request.headers()) {
      seen.append("\n> ").append(field);
      chunked |= field.name().equalsIgnoreCase("Transfer-Encoding");
      if (!OF_A_CONNECTION.contains(field.name())) {
        fields.add(field.name(), field.value());
      }
    }
    boolean ended = content.length == 0 && !chunked && !fields.contains("Content-Length");
    MetaData.Request head =
        new MetaData.Request(request.method(), target(request), HttpVersion.HTTP_2, fields);
    Http2Answer answer = new Http2Answer(request.method());
    unanswered.add(answer);
    Stream stream = await(session.newStream(new HeadersFrame(head, null, ended), answer));
    if (!ended) {
      boolean whole = chunked || content.length > 0 || "0".equals(fields.get("Content-Length"));
      stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(content), whole));
    }
  }

  private HttpURI target(Request request) {
    String host =
        request.headers().stream()
            .filter(field -> field.name().equalsIgnoreCase("Host"))
            .map(Field::value)
            .findFirst()
            .orElse(address.getHostString() + ":" + address.getPort());
    return HttpURI.build().scheme("http").authority(host).pathQuery(request.target()).asImmutable();
  }

  @Override
  public Head head() {
    return current().head();
  }

  @Override
  public byte[] content(int count) {
    return current().content(count);
  }

  @Override
  public Answer answer() {
    Answer answer = current().whole();
    unanswered.remove();
    seen.append("\n< ").append(answer.head()).append("\n< ").append(answer.text());
    seen.append(answer.killed() ? "\n! broken off" : "");
    return answer;
  }

  @Override
  public void write(byte[] bytes) {
    throw new UnsupportedOperationException("a stream of HTTP/2 is not turned over to bytes");
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("a stream of HTTP/2 is not turned over to bytes");
  }

  @Override
  public void halfClose() {
    throw new UnsupportedOperationException("a stream of HTTP/2 ends with its content");
  }

  @Override
  public void isSilent() {
    assertThat(current().comes(SILENCE_NANOS)).as("anything within 300 ms").isFalse();
  }

  @Override
  public void isKept() {
    send(ping);
    assertThat(answer().text()).as("answer to a next request").isEqualTo("pong");
  }

  @Override
  public void isClosed() {
    throw new UnsupportedOperationException("a connection of HTTP/2 does not end with an answer");
  }

  @Override
  public boolean endsWithAnswers() {
    return false;
  }

  @Override
  public String seen() {
    return seen.toString();
  }

  @Override
  public void close() {
    ((HTTP2Session) session).disconnect();
  }

  private Http2Answer current() {
    Http2Answer answer = unanswered.peek();
    if (answer == null) {
      throw new IllegalStateException("nothing was sent that is not answered");
    }
    return answer;
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the server does not take it", e);
    }
  }
}
