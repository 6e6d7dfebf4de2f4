package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class ClockTest {

  private final InMemoryServer server = new InMemoryServer();
  private final WebHost host =
      WebHost.builder().server(server).startup(new ExplorerStartup()).build();

  @BeforeEach
  void start() throws Exception {
    host.start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void anEventComesEachSecond() {
    InMemoryExchange clock = server.request("GET", "/clock").begin();

    assertThat(clock.headers().first("Content-Type")).isEqualTo("text/event-stream");
    assertThat(nextEvent(clock)).startsWith("data: {\"now\":\"2").contains("\"event\":\"1\"");
    assertThat(nextEvent(clock)).contains("\"event\":\"2\"", "\"thread\":\"explorer-timer\"");
    clock.disconnect();
    clock.awaitOver();
  }

  @Test
  void theLastEventComesWhenTheApplicationStops() {
    InMemoryExchange clock = server.request("GET", "/clock").begin();
    nextEvent(clock);

    host.stop();
    InMemoryResponse whole = clock.response();
    assertThat(whole.isComplete()).isTrue();
    assertThat(whole.text()).contains("\n\nevent: end\ndata: {").endsWith("}\n\n");
  }

  @Test
  void aClockThatBeginsAfterTheStopEndsAtOnce() {
    ApplicationTimer timer = ApplicationTimer.of(host.serverFeatures());
    host.stop();

    assertThat(timer.isStopped()).isTrue();
    assertThat(timer.pause(Duration.ofHours(1)).toCompletableFuture()).isCompleted();
  }

  @Test
  void itIsPlainTextForWhoOpensItAsAPage() {
    InMemoryExchange clock =
        server.request("GET", "/clock").header("Accept", "text/html,*/*;q=0.8").begin();

    assertThat(clock.headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    clock.disconnect();
    clock.awaitOver();
  }

  @Test
  void headGetsNoEvents() {
    InMemoryResponse head = server.request("HEAD", "/clock").send();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.content()).isEmpty();
  }

  private static String nextEvent(InMemoryExchange clock) {
    StringBuilder event = new StringBuilder();
    while (event.length() < 2 || !event.substring(event.length() - 2).equals("\n\n")) {
      byte[] next = clock.read(1);
      assertThat(next).as(event + " goes on").hasSize(1);
      event.append(new String(next, StandardCharsets.UTF_8));
    }
    return event.toString();
  }
}
