package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K176, K177: servers that stop with a request under way. */
final class Stopping {

  private static final int DEADLINE_SECONDS = 10;

  private Stopping() {}

  static List<Scenario> scenarios() {
    return List.of(k176(), k177(), k177NotStarted());
  }

  private static Scenario.Builder scenario(String id, String name, String... rules) {
    return Scenario.named(id, name)
        .rules(rules)
        .needs(Capability.NEW_SERVER)
        .pipeline((app, run) -> {});
  }

  private static Server running(Probe probe, Handler handler) throws IOException {
    Server server = probe.newServer();
    ServerAddressesFeature addresses = server.features().get(ServerAddressesFeature.class);
    if (addresses != null) {
      addresses.addresses().add("http://127.0.0.1:0");
    }
    FeatureCollection features = server.features();
    server.start(new PipelineApplication(new ApplicationBuilder(features).run(handler).build()));
    return server;
  }

  private static Request get(String path) {
    return Request.of("GET", path).header("Host", "localhost");
  }

  private static Scenario k176() {
    return scenario("K176", "s4_aStopLetsTheRunningRequestEnd", "S4")
        .check(
            probe -> {
              CompletableFuture<Void> arrived = new CompletableFuture<>();
              CompletableFuture<Void> go = new CompletableFuture<>();
              Handler handler =
                  context -> {
                    if (context.request().path().equals("/slow")) {
                      arrived.complete(null);
                      go.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                    }
                    context.response().write("done");
                  };
              try (Server server = running(probe, handler)) {
                Connection kept = probe.connect(server);
                kept.send(get("/"));
                kept.answer().hasStatus(200).hasText("done");
                Connection slow = probe.connect(server);
                slow.send(get("/slow"));
                arrived.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                List<CompletableFuture<Void>> stops =
                    Stream.generate(() -> stop(server, Duration.ofSeconds(10))).limit(3).toList();
                // a closed port is not yet the refusal of requests
                probe.await("requests are refused", () -> isRefused(kept));
                probe.await("connections are refused", () -> isRefused(probe, server));
                assertThat(stops).noneMatch(CompletableFuture::isDone);
                go.complete(null);
                Answer answer = slow.answer().hasStatus(200).hasText("done");
                answer.hasHeader("Connection", "close");
                for (CompletableFuture<Void> stop : stops) {
                  stop.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                }
              }
            });
  }

  private static CompletableFuture<Void> stop(Server server, Duration grace) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                server.stop(grace);
                stopped.complete(null);
              } catch (RuntimeException | Error e) {
                stopped.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return stopped;
  }

  private static boolean isRefused(Probe probe, Server server) {
    Connection connection;
    try {
      connection = probe.connect(server);
    } catch (UncheckedIOException refused) {
      assertThat(refused).hasCauseInstanceOf(SocketException.class); // not that nobody answers
      return true;
    }
    try (connection) {
      return isRefused(connection);
    }
  }

  /** Whether the answer is 503, or the connection ends without one; silence is a failure. */
  private static boolean isRefused(Connection connection) {
    try {
      connection.send(get("/"));
    } catch (IllegalStateException stopped) { // in memory
      return true;
    }
    boolean ended = connection instanceof RawConnection wire && !wire.hasMore();
    return ended || connection.answer().status() == 503;
  }

  private static Scenario k177() {
    return scenario("K177", "s5_aCloseBreaksTheRunningRequest", "S5", "S4", "A3")
        .check(
            probe -> {
              CompletableFuture<Void> aborted = new CompletableFuture<>();
              Handler handler =
                  context -> {
                    context.aborted().thenRun(() -> aborted.complete(null));
                    context.response().write("hello");
                    context.response().flush(); // may still be here when the abort comes
                    aborted.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                  };
              Server server = running(probe, handler);
              Connection connection = probe.connect(server);
              connection.send(get("/"));
              assertThat(connection.content(5)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
              stop(server, Duration.ZERO).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
              aborted.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
              assertThat(connection.answer().isKilled().text()).isEqualTo("hello");
            });
  }

  private static Scenario k177NotStarted() {
    return scenario("K177", "s4_aCloseReturnsThoughAnApplicationIgnoresTheAbort", "S4", "S3")
        .check(
            probe -> {
              CompletableFuture<Void> arrived = new CompletableFuture<>();
              CompletableFuture<Void> go = new CompletableFuture<>();
              go.orTimeout(3 * DEADLINE_SECONDS, TimeUnit.SECONDS);
              CompletableFuture<Void> ended = new CompletableFuture<>();
              Handler handler =
                  context -> {
                    arrived.complete(null);
                    try {
                      go.join(); // and ignores interrupts as well
                    } finally {
                      ended.complete(null);
                    }
                  };
              Server server = running(probe, handler);
              Connection connection = probe.connect(server);
              connection.send(get("/"));
              arrived.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
              stop(server, Duration.ZERO).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
              assertThat(ended).isNotDone();
              go.complete(null);
              ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            });
  }
}
