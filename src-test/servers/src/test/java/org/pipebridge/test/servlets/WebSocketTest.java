package org.pipebridge.test.servlets;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.server.ServerOptions;

/** WebSockets as the client of the JDK sees them (U11 to U16). */
final class WebSocketTest {

  private static final int LIMIT = 64 * 1024;

  @ParameterizedTest
  @EnumSource
  void u12_messagesAreEchoedAndThePingAnswered(WebSocketSite site) throws Exception {
    try (var running = site.start(new WebSocketStartup())) {
      JdkClient.Opened client = JdkClient.open(running.uri("/echo"));
      WebSocket socket = client.socket();
      socket.sendText("grüße ☃", true).get(10, SECONDS);
      assertThat(client.next()).isEqualTo("text grüße ☃");
      socket.sendText("in ", false).get(10, SECONDS);
      socket.sendPing(ByteBuffer.allocate(125)).get(10, SECONDS);
      socket.sendText("three ", false).get(10, SECONDS);
      socket.sendText("parts", true).get(10, SECONDS);
      assertThat(client.next()).isEqualTo("pong 125");
      assertThat(client.next()).isEqualTo("text in three parts");
      socket.sendBinary(ByteBuffer.allocate(1000).putInt(0, 7), true).get(10, SECONDS);
      assertThat(client.next()).isEqualTo("binary 1000 7");
      socket.sendClose(4000, "bye").get(10, SECONDS);
      assertThat(client.next()).startsWith("close 4000");
    }
  }

  @ParameterizedTest
  @EnumSource
  void u13_theLargestMessageIsTakenAndNoLarger(WebSocketSite site) throws Exception {
    try (var running = site.start(new WebSocketStartup())) {
      JdkClient.Opened client = JdkClient.open(running.uri("/echo"));
      WebSocket socket = client.socket();
      socket.sendBinary(ByteBuffer.allocate(LIMIT), true).get(10, SECONDS);
      assertThat(client.next()).isEqualTo("binary " + LIMIT + " 0");
      socket.sendBinary(ByteBuffer.allocate(LIMIT), false).get(10, SECONDS);
      socket.sendBinary(ByteBuffer.allocate(1), true);
      assertThat(client.next()).startsWith("close 1009");
    }
  }

  @ParameterizedTest
  @EnumSource
  void u14_theServerMayCloseFirst(WebSocketSite site) throws Exception {
    WebSocketStartup startup = new WebSocketStartup();
    try (var running = site.start(startup)) {
      JdkClient.Opened client = JdkClient.open(running.uri("/close"));
      assertThat(client.next()).isEqualTo("close 4001 done");
      assertThat(startup.answered.get(10, SECONDS)).isEqualTo(4001);
    }
  }

  /** The server has not sent all as long as its client takes nothing (R52). */
  @ParameterizedTest
  @EnumSource
  void u12_aSlowReaderHoldsItsSenderUp(WebSocketSite site) throws Exception {
    WebSocketStartup startup = new WebSocketStartup();
    try (var running = site.start(startup)) {
      JdkClient.Opened client = JdkClient.openLazy(running.uri("/flood"));
      awaitHeldUp(startup);
      client.socket().request(Long.MAX_VALUE);
      for (int i = 0; i < WebSocketStartup.FLOOD_MESSAGES; i++) {
        assertThat(client.next()).isEqualTo("binary " + WebSocketStartup.FLOOD_BYTES + " " + i);
      }
      assertThat(client.next()).startsWith("close 1000");
    }
  }

  @ParameterizedTest
  @EnumSource
  void u12_aHandlerThatDoesNotReceiveHoldsItsClientUp(WebSocketSite site) throws Exception {
    WebSocketStartup startup = new WebSocketStartup();
    try (var running = site.start(startup)) {
      JdkClient.Opened client = JdkClient.open(running.uri("/wait"));
      int sent = 0;
      CompletableFuture<WebSocket> last = CompletableFuture.completedFuture(client.socket());
      List<CompletableFuture<WebSocket>> all = new ArrayList<>();
      while (sent < WebSocketStartup.FLOOD_MESSAGES && isDoneSoon(last)) {
        ByteBuffer data = ByteBuffer.allocate(WebSocketStartup.FLOOD_BYTES).putInt(0, sent++);
        last = client.socket().sendBinary(data, true);
        all.add(last);
      }
      assertThat(sent).as("sent until held up").isLessThan(WebSocketStartup.FLOOD_MESSAGES);
      startup.go.complete(null);
      for (int i = 0; i < sent; i++) {
        assertThat(client.next()).isEqualTo("binary " + WebSocketStartup.FLOOD_BYTES + " " + i);
      }
      assertThat(all).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));
      client.socket().sendClose(1000, "").get(10, SECONDS);
      assertThat(client.next()).startsWith("close 1000");
    }
  }

  private static void awaitHeldUp(WebSocketStartup startup) throws Exception {
    assertThat(startup.flood.poll(20, SECONDS)).succeedsWithin(Duration.ofSeconds(20));
    int sent = 1;
    while (sent < WebSocketStartup.FLOOD_MESSAGES && isDoneSoon(startup.flood.poll(20, SECONDS))) {
      sent++;
    }
    assertThat(sent).as("sent until held up").isLessThan(WebSocketStartup.FLOOD_MESSAGES);
  }

  private static boolean isDoneSoon(CompletableFuture<?> stage) throws Exception {
    try {
      stage.get(1000, MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void u13_aServerThatStopsGoesAway(WebSocketSite site) throws Exception {
    try (var running = site.start(new WebSocketStartup())) {
      JdkClient.Opened client = JdkClient.open(running.uri("/echo"));
      client.socket().sendText("here", true).get(10, SECONDS);
      assertThat(client.next()).isEqualTo("text here");
      CompletableFuture<Void> stopped = stop(running, Duration.ofSeconds(15));
      assertThat(client.next()).startsWith("close 1001");
      assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void s4_u7_aStopEndsTheConnectionOfSomebodyWhoTakesNothing(WebSocketSite site) throws Exception {
    WebSocketStartup startup = new WebSocketStartup();
    try (var running = site.start(startup)) {
      JdkClient.Opened client = JdkClient.openLazy(running.uri("/flood"));
      awaitHeldUp(startup);
      assertThat(stop(running, Duration.ofSeconds(1))).succeedsWithin(Duration.ofSeconds(20));
      long begin = System.nanoTime();
      while (succeeds(client.socket().sendText("is anybody there", true))) {
        assertThat(System.nanoTime() - begin).as("time").isLessThan(SECONDS.toNanos(20));
      }
      assertThat(startup.floodEnd).as("the send").failsWithin(Duration.ofSeconds(20));
    }
  }

  private static CompletableFuture<Void> stop(WebSocketSite.Running running, Duration grace) {
    return CompletableFuture.runAsync(
        () -> running.server().stop(grace), task -> new Thread(task).start());
  }

  private static boolean succeeds(CompletableFuture<?> stage) throws Exception {
    try {
      stage.get(20, SECONDS);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  @Test
  void u9_soManyConnectionsAreUpgradedAndNoMore() throws Exception {
    ServerOptions one = new ServerOptions(OptionalLong.empty(), true, OptionalInt.of(1));
    try (var running = WebSocketSite.TOMCAT.start(new WebSocketStartup(), one)) {
      JdkClient.Opened client = JdkClient.open(running.uri("/echo"));
      assertThatThrownBy(() -> JdkClient.open(running.uri("/echo")))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("WebSocketHandshakeException");
      client.socket().sendClose(1000, "").get(10, SECONDS);
      assertThat(client.next()).startsWith("close 1000");
      long begin = System.nanoTime();
      while (!isOpened(running)) { // the first is over soon
        assertThat(System.nanoTime() - begin).as("time").isLessThan(SECONDS.toNanos(20));
      }
    }
  }

  private static boolean isOpened(WebSocketSite.Running running) throws Exception {
    try {
      JdkClient.Opened client = JdkClient.open(running.uri("/echo"));
      client.socket().sendClose(1000, "").get(10, SECONDS);
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
