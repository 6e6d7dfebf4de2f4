package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** What becomes of a connection. */
final class ConnectionTest {

  private static final Handler HELLO = context -> context.response().write("hello");

  @Test
  void r25_pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (TestHost host = TestHost.start(c -> c.response().write(c.request().path()));
        RawClient client = host.connect()) {
      client.get("/a").get("/b").get("/c");
      assertThat(client.answer()).endsWith("/a");
      assertThat(client.answer()).endsWith("/b");
      assertThat(client.answer()).endsWith("/c");
    }
  }

  @Test
  void r24_http10IsKeptIfAskedAndTheLengthIsKnown() throws Exception {
    try (TestHost host =
        TestHost.start(
            context -> {
              context.response().write("hello");
              if (context.request().path().equals("/open")) {
                context.response().flush();
              }
            })) {
      assertThat(host.exchange("GET / HTTP/1.0\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("\r\nConnection: close\r\n");
      assertThat(host.exchange("GET /open HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
          .contains("\r\nConnection: close\r\n")
          .doesNotContain("chunked", "keep-alive")
          .endsWith("\r\n\r\nhello");
      try (RawClient client = host.connect()) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(client.answer()).contains("\r\nConnection: keep-alive\r\n").endsWith("hello");
        client.send("GET / HTTP/1.0\r\n\r\n");
        assertThat(client.readToEnd()).endsWith("hello");
      }
    }
  }

  @Test
  void r24_anOpenLengthIsChunkedOnAConnectionThatIsToBeClosedToo() throws Exception {
    try (TestHost host =
        TestHost.start(
            context -> {
              context.response().write("hello");
              context.response().flush();
            })) {
      assertThat(host.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .contains("\r\nTransfer-Encoding: chunked\r\n", "\r\nConnection: close\r\n")
          .endsWith("5\r\nhello\r\n0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1\r\nHost: x", "1.1\r\nHost: x\r\nConnection: close", "1.0"})
  void r11_aFlushedResponseThatFailsNeverLooksComplete(String version) throws Exception {
    try (TestHost host =
            TestHost.startFailing(
                context -> {
                  context.response().write("hello");
                  context.response().flush();
                  throw new IllegalStateException("after the start");
                });
        RawClient client = host.connect()) {
      String answer = client.send("GET / HTTP/" + version + "\r\n\r\n").readToEnd();
      assertThat(answer).contains("200 OK", "hello").doesNotEndWith("0\r\n\r\n");
      assertThat(answer.contains("chunked") || client.wasReset()).isTrue();
    }
  }

  @Test
  void r26_r32_headHasNoFramingOfItsOwn() throws Exception {
    try (TestHost host = TestHost.start(context -> {});
        RawClient client = host.connect()) {
      client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .doesNotContain("Content-Length", "Transfer-Encoding");
      assertThat(client.get("/").answer()).contains("\r\nContent-Length: 0\r\n");
    }
  }

  @Test
  void v10_aHeaderValueIsThatOfItsOwnRequest() throws Exception {
    try (TestHost host =
            TestHost.start(
                c -> c.response().write(String.valueOf(c.request().headers().first("Cookie"))));
        RawClient client = host.connect()) {
      for (String cookie : List.of("a=secret", "a=SECRET", "a=Secret")) {
        assertThat(client.get("/", "Cookie: " + cookie + "\r\n").answer()).endsWith(cookie);
      }
    }
  }

  @Test
  void r29_anUnknownStatusHasNoReason() throws Exception {
    try (TestHost host = TestHost.start(c -> c.response().setStatus(299));
        RawClient client = host.connect()) {
      assertThat(client.get("/").answer()).startsWith("HTTP/1.1 299 \r\n");
    }
  }

  @Test
  void r26_a304HasNoLengthOfItsOwn() throws Exception {
    try (TestHost host = TestHost.start(c -> c.response().setStatus(304));
        RawClient client = host.connect()) {
      assertThat(client.get("/").answer()).doesNotContain("Content-Length");
      assertThat(client.get("/").answer()).startsWith("HTTP/1.1 304");
    }
  }

  @Test
  void requestsRunOnVirtualThreadsWhereThereAreSome() throws Exception {
    Handler tell = c -> c.response().write(Thread.currentThread().toString());
    boolean available = Runtime.version().feature() >= 21;
    for (VirtualThreads wanted : List.of(VirtualThreads.AUTO, VirtualThreads.OFF)) {
      try (TestHost host = TestHost.start(JettyOptions.DEFAULT.withVirtualThreads(wanted), tell);
          RawClient client = host.connect()) {
        assertThat(client.get("/").answer().contains("VirtualThread"))
            .isEqualTo(available && wanted == VirtualThreads.AUTO);
      }
    }
  }

  @Test
  void p9_aFewThreadsServeManyClients() throws Exception {
    Handler slow =
        c -> {
          new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
          c.response().write("hello");
        };
    try (TestHost host = TestHost.start(JettyOptions.DEFAULT.withMaxThreads(2), slow)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(host.connect().get("/"));
      }
      for (RawClient client : clients) {
        assertThat(client.answer()).endsWith("hello");
        client.close();
      }
    }
  }

  @Test
  void r28_theServerHeaderIsOffUnlessAskedFor() throws Exception {
    try (TestHost off = TestHost.start(HELLO);
        TestHost on = TestHost.start(JettyOptions.DEFAULT.withServerHeader(true), HELLO);
        RawClient without = off.connect();
        RawClient with = on.connect()) {
      assertThat(without.get("/").answer())
          .containsOnlyOnce("\r\nDate: ")
          .doesNotContain("Server:");
      assertThat(with.get("/").answer()).containsOnlyOnce("\r\nDate: ").contains("\r\nServer: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-T: a\r\n\r\n"
      })
  void q30_unreadContentIsDrained(String content) throws Exception {
    try (TestHost host = TestHost.start(HELLO);
        RawClient client = host.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST / HTTP/1.1\r\nHost: x\r\n" + content);
        assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("hello");
      }
    }
  }

  @Test
  void q30_contentThatComesLateIsDrained() throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withDrainTimeout(Duration.ofMinutes(1));
    try (TestHost host = TestHost.start(options, HELLO);
        RawClient client = host.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.answer()).endsWith("hello").doesNotContain("Connection: close");
      client.send("12345").get("/");
      assertThat(client.answer()).endsWith("hello");
    }
  }

  @Test
  void q30_contentThatNeverComesClosesTheConnection() throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withDrainTimeout(Duration.ofMillis(200));
    try (TestHost host = TestHost.start(options, HELLO)) {
      assertThat(host.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"))
          .endsWith("hello");
    }
  }

  @Test
  void q22_noContinueIsSentToWhoIsNotRead() throws Exception {
    try (TestHost host = TestHost.start(HELLO)) {
      assertThat(
              host.exchange(
                  "POST / HTTP/1.1\r\n"
                      + "Host: x\r\n"
                      + "Expect: 100-continue\r\n"
                      + "Content-Length: 1\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .endsWith("hello");
    }
  }

  @Test
  void a1_anAbortBeforeTheStartSendsNothing() throws Exception {
    try (TestHost host = TestHost.start(HttpContext::abort);
        RawClient client = host.connect()) {
      assertThat(client.get("/").readToEnd()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a3_aClientThatGoesAwayIsNoticedWithoutIo(boolean reset) throws Exception {
    Soon.assertSoon(() -> noticing(reset));
  }

  private static Duration noticing(boolean reset) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<Long> noticed = new CompletableFuture<>();
    try (TestHost host =
        TestHost.start(
            context -> {
              running.countDown();
              context.aborted().toCompletableFuture().get(20, TimeUnit.SECONDS);
              noticed.complete(System.nanoTime());
            })) {
      RawClient client = host.connect();
      client.get("/");
      running.await();
      long before = System.nanoTime();
      if (reset) {
        client.reset();
      } else {
        client.close();
      }
      return Duration.ofNanos(noticed.get(20, TimeUnit.SECONDS) - before);
    }
  }

  @Test
  void a4_whatComesAheadOfItsTimeIsKeptForTheNextRequest() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    AtomicReference<CompletionStage<Void>> aborted = new AtomicReference<>();
    try (TestHost host =
            TestHost.start(
                context -> {
                  if (context.request().path().equals("/first")) {
                    aborted.set(context.aborted());
                    first.await(1500, TimeUnit.MILLISECONDS); // longer than it takes to look
                  }
                  context.response().write(context.request().path());
                });
        RawClient client = host.connect()) {
      client.get("/first").get("/second");
      assertThat(client.answer()).endsWith("/first");
      assertThat(client.answer()).endsWith("/second");
      client.endOutput();
      assertThat(aborted.get().toCompletableFuture()).isNotDone();
    }
  }

  /** It counts as gone from half a second on, which a busy machine may need for the answer. */
  @Test
  void a8_aClientThatHalfClosesGetsItsAnswer() throws Exception {
    try (TestHost host = TestHost.start(HELLO)) {
      String answer = "";
      for (int i = 0; i < 20 && answer.isEmpty(); i++) {
        long before = System.nanoTime();
        try (RawClient client = host.connect()) {
          answer = client.get("/").endOutput().readToEnd();
        }
        if (answer.isEmpty()) {
          assertThat(Duration.ofNanos(System.nanoTime() - before))
              .isGreaterThan(Duration.ofMillis(400));
        }
      }
      assertThat(answer).endsWith("hello");
    }
  }

  @Test
  void q4_anIdleConnectionIsClosedSilently() throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withIdleTimeout(Duration.ofSeconds(8));
    try (TestHost host = TestHost.start(options, HELLO);
        RawClient client = host.connect()) {
      client.get("/").answer();
      assertThat(client.readToEnd()).isEmpty();
    }
  }
}
