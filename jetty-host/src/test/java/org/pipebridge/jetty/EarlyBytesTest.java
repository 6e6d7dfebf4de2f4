package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.Handler;

/** What a client sends right behind a request that asks for an upgrade (U6, U10). */
final class EarlyBytesTest {

  private static final String UPGRADE = "Host: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n";
  private static final String REQUEST = "GET / HTTP/1.1\r\n" + UPGRADE + "\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "\r\n\r\n"})
  void u10_theyAreTheNextRequestIfNobodyUpgrades(String between) throws Exception {
    Handler tell = c -> c.response().write(c.request().path() + c.request().body().read());
    try (TestHost host = TestHost.start(tell);
        RawClient client = host.connect()) {
      client.send(
          "GET /a HTTP/1.1\r\n"
              + UPGRADE
              + "\r\n"
              + between
              + "POST /b HTTP/1.1\r\nContent-Length: 1\r\n"
              + UPGRADE
              + "\r\n!"
              + between
              + "GET /c HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer()).endsWith("/a-1");
      assertThat(client.answer()).endsWith("/b33");
      assertThat(client.answer()).endsWith("/c-1");
    }
  }

  @Test
  void u6_theyComeBeforeWhatWasReadAheadAndWhatComesLater() throws Exception {
    Handler late =
        context -> {
          waitFor(context.aborted().toCompletableFuture()); // until the client is looked after
          context.features().require(HttpUpgradeFeature.class).upgrade(EarlyBytesTest::echo);
        };
    try (TestHost host = TestHost.start(late);
        RawClient client = host.connect()) {
      client.send(REQUEST + "\r\nfirst\r\n\r\n");
      client.send("\r\nsecond\r\n");
      client.readUntil("\r\n\r\n");
      client.send("third").endOutput();
      assertThat(client.readToEnd()).isEqualTo("\r\nfirst\r\n\r\n\r\nsecond\r\nthird");
    }
  }

  @Test
  void a3_theyDoNotHideThatTheClientGoes() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    Handler waiting =
        context -> {
          running.countDown();
          context.aborted().toCompletableFuture().get(10, TimeUnit.SECONDS);
          noticed.complete(context.isAborted());
        };
    try (TestHost host = TestHost.start(waiting)) {
      RawClient client = host.connect().send(REQUEST + "\r\nearly");
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThat(noticed.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void waitFor(CompletableFuture<Void> aborted) throws Exception {
    try {
      aborted.get(1500, TimeUnit.MILLISECONDS);
    } catch (TimeoutException nobodyLeft) {
      // as it should be
    }
  }

  private static CompletionStage<Void> echo(DuplexStream stream) throws Exception {
    stream.input().transferTo(stream.output());
    return Stages.completed();
  }
}
