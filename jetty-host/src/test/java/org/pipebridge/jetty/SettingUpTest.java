package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.http.HttpContext;

/** Connections that are not set up yet when a JettyServer begins to stop: they are idle (S4). */
final class SettingUpTest {

  private static final String HALF_A_CLIENT_HELLO =
      "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc";

  @TempDir static Path folder;

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private void answerSlowly(HttpContext context) throws Exception {
    running.countDown();
    go.await(40, TimeUnit.SECONDS);
    context.response().write("done");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void s4_aHandshakeThatHasNotEndedIsNotAwaited(boolean http2) throws Exception {
    Path store = Certificates.store(folder, "h2-" + http2 + ".test", "EC");
    TlsCertificate certificate = TlsCertificate.keyStore(store, Certificates.PASSWORD);
    JettyOptions options =
        JettyOptions.DEFAULT.withTls(TlsOptions.of(certificate)).withHttp2(http2);
    try (TestHost host = TestHost.start(options, this::answerSlowly);
        RawClient silent = withoutTls(host);
        RawClient halfway = withoutTls(host).send(HALF_A_CLIENT_HELLO);
        RawClient busy = host.connect().get("/")) {
      running.await();
      CompletableFuture<Void> stop = stop(host.host());
      silent.readToEnd();
      halfway.readToEnd();
      assertThat(stop).isNotDone();
      go.countDown();
      assertThat(busy.readToEnd()).startsWith("HTTP/1.1 200").endsWith("done");
      stop.get(20, TimeUnit.SECONDS);
    }
  }

  private static RawClient withoutTls(TestHost host) {
    return new RawClient(host.address().replace("https:", "http:"));
  }

  @Test
  void s4_aConnectionThatIsSetUpDuringTheStopIsClosedThen() throws Exception {
    CompletableFuture<SlowConnector> configured = new CompletableFuture<>();
    JettyServer server =
        new JettyServer(
            JettyOptions.DEFAULT,
            jetty -> {
              SlowConnector connector = new SlowConnector(jetty);
              jetty.addConnector(connector);
              configured.complete(connector);
            });
    try (WebHost host = TestHost.builder(server, this::answerSlowly)) {
      host.start();
      String address = host.addresses().iterator().next();
      try (RawClient idle = new RawClient(address);
          RawClient busy = new RawClient(address).get("/")) {
        running.await();
        SlowConnector connector = configured.join();
        connector.slow = true;
        try (RawClient late = new RawClient(address)) {
          connector.accepted.await();
          CompletableFuture<Void> stop = stop(host);
          assertThat(idle.readToEnd()).isEmpty(); // it is stopping
          connector.setUp.countDown();
          assertThat(late.readToEnd()).isEmpty();
          assertThat(stop).isNotDone();
          go.countDown();
          assertThat(busy.readToEnd()).startsWith("HTTP/1.1 200").endsWith("done");
          stop.get(20, TimeUnit.SECONDS);
        }
      }
    }
  }

  private static CompletableFuture<Void> stop(WebHost host) {
    return CompletableFuture.runAsync(
        () -> host.stop(Duration.ofMinutes(1)), task -> new Thread(task).start());
  }

  /** Sets connections up when it is told to, once it is slow. */
  private static final class SlowConnector extends ServerConnector {

    private final CountDownLatch accepted = new CountDownLatch(1);
    private final CountDownLatch setUp = new CountDownLatch(1);
    private volatile boolean slow;

    SlowConnector(Server jetty) {
      super(jetty);
      setHost("127.0.0.1");
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
      if (slow) {
        accepted.countDown();
        try {
          setUp.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      return super.newEndPoint(channel, selector, key);
    }
  }
}
