package org.pipebridge.test.container;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryRequest;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

/** The client of {@link LosslessTest}: the JDK's over a socket, or that of the in-memory server. */
interface StreamClient {

  /** What has come of a request. */
  record Received(int status, String echoedSum, long length, long sum) {}

  /** Sends content, and receives that of the answer in random pieces. */
  Received send(Map<String, String> headers, RandomContent content, SplittableRandom random)
      throws Exception;

  static StreamClient of(Subject.Running running) {
    return running.server() instanceof InMemoryServer memory
        ? (headers, content, random) -> send(memory, headers, content, random)
        : overSocket(running);
  }

  private static StreamClient overSocket(Subject.Running running) {
    InetSocketAddress address = running.address();
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
    if (running.trust() == null) {
      URI target = URI.create("http://127.0.0.1:" + address.getPort() + "/");
      HttpClient client = builder.version(HttpClient.Version.HTTP_1_1).build();
      return (headers, content, random) -> send(client, target, headers, content, random);
    }
    URI target = URI.create("https://127.0.0.1:" + address.getPort() + "/");
    HttpClient.Builder secure = builder.sslContext(running.trust());
    HttpClient client = secure.version(HttpClient.Version.HTTP_2).build();
    return (headers, content, random) -> send(client, target, headers, content, random);
  }

  private static Received send(
      HttpClient client,
      URI target,
      Map<String, String> headers,
      RandomContent content,
      SplittableRandom random)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(120));
    headers.forEach(request::header);
    BodyPublisher open = BodyPublishers.ofInputStream(() -> content);
    boolean sized = content.length() > 0 && random.nextBoolean();
    request.POST(sized ? BodyPublishers.fromPublisher(open, content.length()) : open);
    HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
    CRC32C received = new CRC32C();
    long count = 0;
    try (InputStream body = answer.body()) {
      byte[] piece = new byte[random.nextInt(1, 60_000)];
      for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
        received.update(piece, 0, n);
        count += n;
        RandomContent.pause(random);
      }
    }
    String echoed = answer.headers().firstValue("X-Sum").orElse("");
    return new Received(answer.statusCode(), echoed, count, received.getValue());
  }

  private static Received send(
      InMemoryServer server,
      Map<String, String> headers,
      RandomContent content,
      SplittableRandom random) {
    InMemoryRequest request = server.request("POST", "/").openContent();
    headers.forEach(request::header);
    InMemoryExchange exchange = request.begin();
    byte[] piece = new byte[random.nextInt(1, 60_000)];
    for (int n = content.read(piece, 0, piece.length); n >= 0; ) {
      exchange.write(Arrays.copyOf(piece, n));
      n = content.read(piece, 0, piece.length);
    }
    exchange.end();
    CRC32C received = new CRC32C();
    long count = 0;
    for (byte[] next = exchange.read(piece.length); next.length > 0; ) {
      received.update(next);
      count += next.length;
      RandomContent.pause(random);
      next = exchange.read(piece.length);
    }
    InMemoryResponse answer = exchange.response();
    int status = answer.isComplete() ? answer.status() : 0;
    String echoed = answer.headers().first("X-Sum");
    return new Received(status, echoed == null ? "" : echoed, count, received.getValue());
  }
}
