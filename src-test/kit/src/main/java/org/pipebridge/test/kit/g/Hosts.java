package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.pipebridge.hosting.Startup;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.hosting.WebHostBuilder;
import org.pipebridge.server.ApplicationLifetime;
import org.pipebridge.server.Server;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K179 to K181: a host's life around a server. */
final class Hosts {

  private Hosts() {}

  static List<Scenario> scenarios() {
    return List.of(k179(), k180(), k180Captured(), k181());
  }

  private static Scenario.Builder scenario(String id, String name, String... rules) {
    return Scenario.named(id, name)
        .rules(rules)
        .needs(Capability.NEW_SERVER)
        .pipeline((app, run) -> {});
  }

  private static WebHostBuilder host(Server server, Startup startup) {
    return WebHost.builder().server(server).startup(startup).urls("http://127.0.0.1:0");
  }

  private static Answer ask(Probe probe, Server server) {
    Connection connection = probe.connect(server);
    connection.send(Request.of("GET", "/").header("Host", "localhost"));
    return connection.answer();
  }

  private static Scenario k179() {
    return scenario("K179", "s41_aLifeHasItsOrderWhateverADependentDoes", "S40", "S41")
        .check(
            probe -> {
              Server server = probe.newServer();
              List<String> order = new CopyOnWriteArrayList<>();
              WebHost host =
                  host(
                          server,
                          app -> {
                            order.add("configured");
                            app.run(context -> context.response().write("hello"));
                          })
                      .build();
              ApplicationLifetime lifetime = host.lifetime();
              lifetime.started().thenRun(() -> order.add("started"));
              lifetime
                  .stopping()
                  .thenRun(
                      () -> {
                        throw new IllegalStateException("a dependent failed");
                      });
              lifetime
                  .stopping()
                  .thenRun(() -> order.add("stopping, answers " + ask(probe, server).text()));
              lifetime.stopped().thenRun(() -> order.add("stopped"));
              host.start();
              ask(probe, server).hasText("hello");
              host.stop();
              assertThat(order)
                  .containsExactly("configured", "started", "stopping, answers hello", "stopped");
            });
  }

  private static Scenario k180() {
    return scenario("K180", "s40_aStartupThatFailsIsTheFailureOfTheStart", "S40")
        .check(
            probe -> {
              Server server = probe.newServer();
              UnsupportedOperationException failure = new UnsupportedOperationException("no");
              WebHost host = host(server, failing(failure)).build();
              assertThatThrownBy(host::start).isSameAs(failure);
              assertThatThrownBy(() -> ask(probe, server)).isNotNull();
            });
  }

  private static Scenario k180Captured() {
    return scenario("K180", "s40_aFailureThatIsCapturedAnswersEachRequest", "S40")
        .check(
            probe -> {
              Server server = probe.newServer();
              UnsupportedOperationException failure = new UnsupportedOperationException("no");
              try (WebHost host =
                  host(server, failing(failure)).setting("captureStartupErrors", "true").build()) {
                host.start();
                for (int i = 0; i < 2; i++) {
                  ask(probe, server).isEmpty500().hasHeader("Cache-Control", "no-cache");
                }
              }
            });
  }

  private static Startup failing(RuntimeException failure) {
    return app -> {
      throw failure;
    };
  }

  private static Scenario k181() {
    return scenario("K181", "s42_aRequestThatStopsTheApplicationIsAnswered", "S42", "S43")
        .check(
            probe -> {
              Server server = probe.newServer();
              WebHost host =
                  host(
                          server,
                          app ->
                              app.run(
                                  context -> {
                                    ApplicationLifetime lifetime =
                                        app.serverFeatures().require(ApplicationLifetime.class);
                                    lifetime.stopApplication();
                                    lifetime.stopApplication();
                                    context.response().write("good");
                                    context.response().flush();
                                    context.response().write("bye");
                                  }))
                      .build();
              host.start();
              CompletableFuture<Void> main =
                  CompletableFuture.runAsync(
                      host::waitForShutdown, task -> new Thread(task, "kit main").start());
              ask(probe, server).hasStatus(200).hasText("goodbye");
              main.get(10, TimeUnit.SECONDS);
              assertThat(host.lifetime().stopped().toCompletableFuture()).isDone();
            });
  }
}
