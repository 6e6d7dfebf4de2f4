package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

/** What follows early hints to a client that takes them slowly may wait (F53, B13). */
final class SlowHintsTest {

  private static final int OTHERS = 6;

  private final CompletableFuture<Void> stalled = new CompletableFuture<>();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @Test
  void f53_whatFollowsSlowHintsKeepsNoOtherClientWaiting() throws Exception {
    try (TestHost host = TestHost.startFailingAsync(this::answer);
        Socket slow = new Socket()) {
      URI address = URI.create(host.address());
      slow.setReceiveBufferSize(4096);
      slow.setSoTimeout(10_000);
      slow.connect(new InetSocketAddress(address.getHost(), address.getPort()));
      slow.getOutputStream()
          .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      stalled.get(10, TimeUnit.SECONDS);
      takeHintsUntilTheNextStepWaits(slow.getInputStream());
      for (int i = 0; i < OTHERS; i++) {
        assertThat(host.exchange("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
            .startsWith("HTTP/1.1 200");
      }
      go.countDown();
    }
  }

  /** When all hints have been taken, the step may need a moment to begin. */
  private void takeHintsUntilTheNextStepWaits(InputStream in) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (waiting.getCount() > 0) {
      assertThat(System.nanoTime()).as("time for the step to begin").isLessThan(deadline);
      if (in.available() > 0) {
        in.skipNBytes(in.available());
      } else {
        waiting.await(1, TimeUnit.MILLISECONDS);
      }
    }
  }

  private CompletionStage<Void> answer(HttpContext context) throws Exception {
    if (!context.request().path().equals("/slow")) {
      return Stages.completed();
    }
    HttpEarlyHintsFeature feature = context.features().require(HttpEarlyHintsFeature.class);
    HeaderMap hints = new HeaderMap();
    hints.set("Link", "<" + "a".repeat(4000) + ">");
    CompletionStage<Void> sent = feature.send(hints);
    while (Stages.isDone(sent)) {
      assertThat(Stages.failureOf(sent)).isNull();
      sent = feature.send(hints);
    }
    stalled.complete(null);
    return sent.thenRun(this::await);
  }

  private void await() {
    waiting.countDown();
    try {
      go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
