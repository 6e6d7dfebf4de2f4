package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.http.HttpContext;

/** B13: an application that blocks holds its own thread, and not one that serves others. */
final class BusySelectorTest {

  /** At least as many as there are selectors, each of which gets one. */
  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors();

  @TempDir static Path folder;

  private final Semaphore entered = new Semaphore(0);
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Test
  void b13_aRequestThatComesWithTheHandshakeHoldsNoSelector() throws Exception {
    Path store = Certificates.store(folder, "localhost", "EC");
    TlsCertificate key = TlsCertificate.keyStore(store, Certificates.PASSWORD);
    JettyOptions options = JettyOptions.DEFAULT.withTls(TlsOptions.of(key));
    List<SocketChannel> clients = new ArrayList<>();
    try (TestHost host = TestHost.start(options, this::answer)) {
      URI address = URI.create(host.address());
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          SocketChannel client =
              SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
          clients.add(client);
          ask(client);
          assertThat(entered.tryAcquire(20, TimeUnit.SECONDS)).as("runs").isTrue();
        }
        for (int i = 0; i < CONNECTIONS; i++) {
          assertThat(askAnother(URI.create("https://localhost:" + address.getPort())))
              .isEqualTo("HTTP/1.1");
        }
      } finally {
        end.complete(null);
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  private void answer(HttpContext context) throws Exception {
    String protocol = context.request().protocol();
    if (protocol.equals("HTTP/2")) {
      entered.release();
      end.get(60, TimeUnit.SECONDS);
    }
    context.response().write(protocol);
  }

  private static String askAnother(URI address) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(Certificates.trusting())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer.body();
  }

  /** Shakes hands, and sends the end of that together with a request. */
  private static void ask(SocketChannel client) throws Exception {
    SSLEngine engine = Certificates.trusting().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    engine.setSSLParameters(parameters);
    ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();
    engine.beginHandshake();
    write(client, wrap(engine, ByteBuffer.allocate(0)));
    ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        out.put(wrap(engine, ByteBuffer.allocate(0)));
      } else {
        unwrap(engine, client, in);
      }
    }
    out.put(wrap(engine, request()));
    write(client, out.flip());
  }

  private static ByteBuffer wrap(SSLEngine engine, ByteBuffer from) throws SSLException {
    ByteBuffer to = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(from, to);
    return to.flip();
  }

  private static void unwrap(SSLEngine engine, SocketChannel client, ByteBuffer in)
      throws IOException {
    ByteBuffer none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result = engine.unwrap(in, none);
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
      in.compact();
      if (client.read(in) < 0) {
        throw new EOFException("the server closes in the handshake");
      }
      in.flip();
    }
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static void write(SocketChannel client, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      client.write(from);
    }
  }

  /** The preface, empty SETTINGS, and the HEADERS of a GET, whole. */
  private static ByteBuffer request() {
    byte[] fields = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x41, 1, 'a'};
    ByteBuffer request = ByteBuffer.allocate(100);
    request.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    request.put(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    request.put(new byte[] {0, 0, (byte) fields.length, 1, 5, 0, 0, 0, 1}).put(fields);
    return request.flip();
  }
}
