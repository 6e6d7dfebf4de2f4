package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.ServerAddressesFeature;

final class JettyServerTest {

  @Test
  void s1_aServerStartsOnce() throws Exception {
    try (JettyServer server = new JettyServer()) {
      addresses(server).addresses().add("http://127.0.0.1:0");
      assertThatNullPointerException().isThrownBy(() -> server.start(null));
      server.start(new Nothing());
      assertThatIllegalStateException().isThrownBy(() -> server.start(new Nothing()));
      server.stop(Duration.ZERO);
      server.stop(Duration.ZERO);
      assertThatIllegalStateException().isThrownBy(() -> server.start(new Nothing()));
    }
  }

  @Test
  void s1_aServerThatWasStoppedBeforeItsStartDoesNotStart() {
    JettyServer server = new JettyServer();
    server.close();
    assertThatIllegalStateException().isThrownBy(() -> server.start(new Nothing()));
  }

  @Test
  void s4_theTimeToStopIsChecked() {
    JettyServer server = new JettyServer();
    assertThatNullPointerException().isThrownBy(() -> server.stop(null));
    assertThatIllegalArgumentException().isThrownBy(() -> server.stop(Duration.ofNanos(-1)));
  }

  @Test
  void s4_aRunningRequestEndsAndIdleConnectionsAreClosed() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TestHost host =
        TestHost.start(
            context -> {
              running.countDown();
              go.await(20, TimeUnit.SECONDS);
              context.response().write("done");
            });
    URI address = URI.create(host.address());
    List<CompletableFuture<Void>> stops = new ArrayList<>();
    try (RawClient idle = host.connect();
        RawClient busy = host.connect()) {
      busy.get("/");
      running.await();
      for (int i = 0; i < 3; i++) {
        stops.add(stop(host.host()));
      }
      assertThat(idle.readToEnd()).isEmpty();
      awaitRefusal(address);
      assertThat(stops).noneMatch(CompletableFuture::isDone);
      go.countDown();
      assertThat(busy.readToEnd()).contains("200 OK", "\r\nConnection: close\r\n", "done");
    }
    for (CompletableFuture<Void> stop : stops) {
      stop.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void s4_aRequestThatArrivesWhileTheServerStopsIsRefused() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Server> jetty = new AtomicReference<>();
    WebHost host =
        TestHost.builder(
            new JettyServer(JettyOptions.DEFAULT, jetty::set),
            context -> {
              running.countDown();
              go.await(20, TimeUnit.SECONDS);
            },
            "http://127.0.0.1:0");
    host.start();
    String address = host.addresses().iterator().next();
    String begun = "GET / HTTP/1.1\r\n";
    try (RawClient idle = new RawClient(address);
        RawClient busy = new RawClient(address);
        RawClient late = new RawClient(address)) {
      late.send(begun);
      busy.get("/");
      running.await();
      awaitReceipt(jetty.get(), begun.length());
      CompletableFuture<Void> stop = stop(host);
      assertThat(idle.readToEnd()).isEmpty(); // it is stopping
      assertThat(late.send("Host: x\r\n\r\n").readToEnd())
          .startsWith("HTTP/1.1 503")
          .contains("\r\nContent-Length: 0\r\n", "\r\nConnection: close\r\n");
      go.countDown();
      stop.get(10, TimeUnit.SECONDS);
    }
  }

  /** A connection is not idle yet while content comes that nobody reads. */
  @Test
  void s4_aConnectionThatBecomesIdleWhileTheServerStopsIsClosedThen() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TestHost host =
        TestHost.start(
            JettyOptions.DEFAULT.withDrainTimeout(Duration.ofMinutes(1)),
            context -> {
              if (context.request().path().equals("/busy")) {
                running.countDown();
                go.await(20, TimeUnit.SECONDS);
              }
            });
    try (RawClient idle = host.connect();
        RawClient busy = host.connect();
        RawClient answered = host.connect()) {
      answered.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
      assertThat(answered.answer()).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
      busy.get("/busy");
      running.await();
      CompletableFuture<Void> stop = stop(host.host());
      assertThat(idle.readToEnd()).isEmpty(); // it is stopping
      assertThat(answered.send("12345").readToEnd()).isEmpty();
      assertThat(stop).isNotDone();
      go.countDown();
      stop.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void s5_closingAServerKillsRunningRequests() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<Void> aborted = new CompletableFuture<>();
    JettyServer server = new JettyServer();
    var host =
        TestHost.builder(
            server,
            context -> {
              running.countDown();
              context.aborted().toCompletableFuture().get(20, TimeUnit.SECONDS);
              aborted.complete(null);
            },
            "http://127.0.0.1:0");
    host.start();
    try (RawClient client = new RawClient(host.addresses().iterator().next())) {
      client.get("/");
      running.await();
      server.close();
      assertThat(client.readToEnd()).isEmpty();
      aborted.get(10, TimeUnit.SECONDS);
    } finally {
      host.close();
    }
  }

  @Test
  void s4_aRequestThatIgnoresTheAbortHoldsTheStopForASecond() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    TestHost host =
        TestHost.start(
            context -> {
              running.countDown();
              boolean done = false;
              while (!done) {
                try {
                  done = go.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException stubborn) {
                  // the point of this test
                }
              }
              ended.complete(null);
            });
    try (RawClient client = host.connect()) {
      client.get("/");
      running.await();
      long before = System.nanoTime();
      host.host().stop(Duration.ofMillis(50));
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
      assertThat(ended).isNotDone();
    } finally {
      go.countDown();
    }
  }

  @Test
  void s6_anExceptionEndsNeitherTheServerNorTheConnection() throws Exception {
    try (TestHost host =
            TestHost.startFailing(
                context -> {
                  throw new IllegalStateException("secret");
                });
        RawClient client = host.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/").answer()).startsWith("HTTP/1.1 500").doesNotContain("secret");
      }
    }
  }

  @Test
  void s7_aServerHasAddressesBeforeItsStart() {
    assertThat(addresses(new JettyServer()).addresses()).isEmpty();
    assertThat(addresses(new JettyServer()).preferHostingUrls()).isFalse();
  }

  @Test
  void s44_twoServersAreIndependent() throws Exception {
    try (TestHost one = TestHost.start(context -> context.response().write("one"));
        TestHost two = TestHost.start(context -> context.response().write("two"))) {
      try (RawClient client = one.connect()) {
        assertThat(client.get("/").answer()).endsWith("one");
      }
      one.host().stop();
      try (RawClient client = two.connect()) {
        assertThat(client.get("/").answer()).endsWith("two");
      }
    }
  }

  /** A thread that was told to end may need a moment for it on a machine that is busy. */
  @Test
  void s46_noThreadIsLeft() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    TestHost host = TestHost.start(context -> context.response().write("x"));
    try (RawClient client = host.connect()) {
      client.get("/").answer();
    }
    host.close();
    List<Thread> left = new ArrayList<>(Thread.getAllStackTraces().keySet());
    left.removeAll(before);
    left.removeIf(thread -> !thread.getName().matches("(pipebridge|qtp|Scheduler|Session).*"));
    for (Thread thread : left) {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    }
    assertThat(left).filteredOn(Thread::isAlive).isEmpty();
  }

  /** A connection that is being accepted at that moment is answered, refused or closed. */
  @Test
  void s4_noConnectionIsLostWhenThePortIsClosed() throws Exception {
    for (int i = 0; i < 30; i++) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      TestHost host =
          TestHost.start(
              context -> {
                if (context.request().path().equals("/slow")) {
                  running.countDown();
                  go.await(20, TimeUnit.SECONDS);
                }
              });
      try (RawClient slow = host.connect()) {
        slow.get("/slow");
        running.await();
        CompletableFuture<Void> stop = stop(host.host());
        askUntilRefused(URI.create(host.address()));
        assertThat(stop).isNotDone();
        go.countDown();
        assertThat(slow.readToEnd()).startsWith("HTTP/1.1 200");
        stop.get(10, TimeUnit.SECONDS);
      }
    }
  }

  private static CompletableFuture<Void> stop(WebHost host) {
    return CompletableFuture.runAsync(
        () -> host.stop(Duration.ofSeconds(30)), task -> new Thread(task).start());
  }

  /** Waits until a connection has brought just so many bytes. */
  private static void awaitReceipt(Server jetty, long bytes) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Stream.of(jetty.getConnectors())
        .flatMap(connector -> connector.getConnectedEndPoints().stream())
        .map(EndPoint::getConnection)
        .noneMatch(connection -> connection != null && connection.getBytesIn() == bytes)) {
      assertThat(System.nanoTime()).as("time for %d bytes to come", bytes).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** The port is closed when the thread that accepts has noticed. */
  private static void awaitRefusal(URI address) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (System.nanoTime() < deadline) {
      try (Socket accepted = new Socket(address.getHost(), address.getPort())) {
        assertThat(accepted.isConnected()).isTrue();
      } catch (ConnectException refused) {
        return;
      } catch (SocketException closed) {
        // while it was being accepted
      }
    }
    throw new AssertionError("connections are still accepted at " + address);
  }

  /** None of those who ask may wait until the server has stopped. */
  private static void askUntilRefused(URI address) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
    while (System.nanoTime() < deadline) {
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket.setSoTimeout(8000);
        String request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readAllBytes();
      } catch (ConnectException refused) {
        return;
      } catch (SocketException closed) {
        // while it was asking
      }
    }
    throw new AssertionError("connections are still accepted at " + address);
  }

  private static ServerAddressesFeature addresses(JettyServer server) {
    return server.features().require(ServerAddressesFeature.class);
  }

  private static final class Nothing implements HttpApplication<FeatureCollection> {
    @Override
    public FeatureCollection createContext(FeatureCollection features) {
      return features;
    }

    @Override
    public CompletionStage<Void> process(FeatureCollection context) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void disposeContext(FeatureCollection context, Throwable failure) {}
  }
}
