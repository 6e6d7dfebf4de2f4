package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.Threads;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;
import org.pipebridge.server.ServerAddressesFeature;

@Timeout(20)
final class WebHostTest {

  private final LogCapture logs = new LogCapture(WebHost.class);
  private final TestServer server = new TestServer();

  @AfterEach
  void closeLogs() {
    logs.close();
  }

  @Test
  void s40_theOrderIsConfigurationPipelineServerStartedAddresses() throws Exception {
    WebHost host =
        builder("--urls=http://127.0.0.1:0")
            .startup(
                app -> {
                  server.events.add("configure sees " + server.addresses.addresses());
                  assertThat(app.serverFeatures().get(ServerAddressesFeature.class))
                      .isSameAs(server.addresses);
                  app.serverFeatures()
                      .require(ApplicationLifetime.class)
                      .started()
                      .thenRun(() -> server.events.add("started, logged " + logs.records().size()));
                })
            .build();
    assertThat(server.events).isEmpty();

    host.start();

    assertThat(server.events)
        .containsExactly(
            "configure sees [http://127.0.0.1:0]", "start http://127.0.0.1:0", "started, logged 0");
    assertThat(logs.at(Level.INFO))
        .containsExactly("Listening on http://127.0.0.1:4711 (command line --urls)");
    assertThat(host.addresses()).containsExactly("http://127.0.0.1:4711");
    host.close();
  }

  @Test
  void s40_aMissingServerOrStartupIsRefusedNamingWhatToAdd() {
    assertThatIllegalStateException()
        .isThrownBy(() -> WebHost.builder().startup(app -> {}).build())
        .withMessageContaining("server(");
    assertThatIllegalStateException()
        .isThrownBy(() -> WebHost.builder().server(server).build())
        .withMessageContaining("startup(");
  }

  @Test
  void s40_aFailingConfigureIsThrownAndNothingListens() {
    var failure = new IOException("x");
    WebHost host = failing(failure);

    assertThatExceptionOfType(IOException.class).isThrownBy(host::start).isSameAs(failure);
    assertThat(server.events).containsExactly("stop PT0S");
    assertThat(host.lifetime().started().toCompletableFuture()).isNotDone();
    assertThatIllegalStateException().isThrownBy(host::start);
    host.close();
    assertThat(server.events).containsExactly("stop PT0S");
  }

  @Test
  void s40_aCapturedFailureIsLoggedOnceAndGivesEachRequestA500() throws Exception {
    WebHost host = failing(new IOException("secret"), "--captureStartupErrors=true");

    try (var startupLogs = new LogCapture(Startups.class)) {
      host.start();
      for (int i = 0; i < 2; i++) {
        var response = server.request();
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers().first("Cache-Control")).isEqualTo("no-cache");
      }
      assertThat(startupLogs.at(Level.SEVERE)).hasSize(1).hasSameSizeAs(startupLogs.records());
    }
    assertThat(host.lifetime().started().toCompletableFuture()).isDone();
    host.close();
  }

  @Test
  void s26_aServerThatFailsToStartIsClosedAndTheFailureThrown() {
    server.startFailure = new IOException("address in use: http://127.0.0.1:80");
    WebHost host = builder().startup(app -> {}).build();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(host::start)
        .isSameAs(server.startFailure);
    assertThat(server.events).containsExactly("start ", "stop PT0S");
    assertThat(logs.records()).isEmpty();
  }

  @Test
  void s41_dependentsOfStoppingEndBeforeTheServerStopsAndStoppedComesLast() throws Exception {
    WebHost host = builder().startup(app -> {}).build();
    host.start();
    server.events.clear();
    host.lifetime().stopping().thenRun(() -> server.events.add("stopping"));
    host.lifetime().stopped().thenRun(() -> server.events.add("stopped"));

    host.stop();

    assertThat(server.events).containsExactly("stopping", "stop PT30S", "stopped");
  }

  @Test
  void s41_aStopWaitsForDependentsThatRunOnAnotherThread() throws Exception {
    WebHost host = started();
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    host.lifetime()
        .stopping()
        .thenRun(
            () -> {
              entered.countDown();
              await(release);
              server.events.add("stopping");
            });
    Thread asking = new Thread(host.lifetime()::stopApplication);
    asking.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    Thread stopping = new Thread(host::stop);
    stopping.start();

    release.countDown();
    stopping.join();
    asking.join();

    assertThat(server.events).containsExactly("stopping", "stop PT30S");
  }

  @Test
  void s42_aRequestMayStopTheApplicationAndIsNotCutOff() throws Exception {
    // what a server does: stop() returns when the request has been answered
    var answered = new CountDownLatch(1);
    server.whenStopped = () -> await(answered);
    var ready = new CountDownLatch(1);
    WebHost host = builder().startup(WebHostTest::endItself).build();
    host.lifetime().started().thenRun(ready::countDown);
    CompletableFuture<Void> run = running(host);
    await(ready);

    int status;
    try {
      status = server.request().status();
    } finally {
      answered.countDown();
    }

    run.get(10, TimeUnit.SECONDS);
    assertThat(status).isEqualTo(201);
    assertThat(server.events).containsExactly("start ", "stop PT30S");
  }

  @Test
  void s43_runBlocksUntilTheHostIsStopped() throws Exception {
    WebHost host = builder().startup(app -> {}).build();
    var ready = new CountDownLatch(1);
    host.lifetime().started().thenRun(ready::countDown);
    CompletableFuture<Void> run = running(host);
    assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(run).isNotDone();

    host.stop(Duration.ofSeconds(3));

    run.get(10, TimeUnit.SECONDS);
    assertThat(server.events).containsExactly("start ", "stop PT3S");
  }

  @Test
  void s43_anInterruptOfRunStopsTheHostAndIsKept() throws Exception {
    WebHost host = builder().startup(app -> {}).build();
    var interrupted = new CompletableFuture<Boolean>();
    Thread thread =
        new Thread(
            () -> {
              try {
                host.run();
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                interrupted.completeExceptionally(e);
              }
            });
    thread.start();
    thread.interrupt();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(server.events).containsExactly("start ", "stop PT30S");
  }

  @Test
  void s43_aHostStartsOnce() throws Exception {
    WebHost host = started();

    assertThatIllegalStateException().isThrownBy(host::start).withMessageContaining("starts once");
    host.close();
    assertThatIllegalStateException().isThrownBy(host::start);
  }

  @Test
  void s44_twoHostsAreIndependent() throws Exception {
    var otherServer = new TestServer();
    WebHost host = started();
    WebHost other =
        WebHost.builder()
            .server(otherServer)
            .startup(app -> app.run(context -> context.response().setStatus(202)))
            .configuration(Configuration.builder().build())
            .build();
    other.start();

    host.close();

    assertThat(otherServer.events).doesNotContain("stop PT30S");
    assertThat(other.lifetime().stopping().toCompletableFuture()).isNotDone();
    assertThat(otherServer.request().status()).isEqualTo(202);
    other.close();
  }

  @Test
  void s45_stoppingTwiceIsOneStop() throws Exception {
    WebHost host = started();
    List<String> stopped = new ArrayList<>();
    host.lifetime()
        .stopped()
        .thenRun(
            () -> {
              host.stop();
              stopped.add("once");
            });

    host.stop();
    host.stop(Duration.ZERO);
    host.close();

    assertThat(server.events).containsExactly("stop PT30S");
    assertThat(stopped).containsExactly("once");
  }

  @Test
  void s45_aStopInsideADependentOfStoppingStopsTheServerOnce() throws Exception {
    WebHost host = started();
    host.lifetime().stopping().thenRun(host::stop);

    host.lifetime().stopApplication();
    host.stop();

    assertThat(server.events).containsExactly("stop PT30S");
  }

  @Test
  void s45_aDependentOfStoppingMayStopAHostThatAnotherThreadIsStopping() throws Exception {
    WebHost host = started();
    var telling = new CountDownLatch(1);
    var stopping = new CountDownLatch(1);
    host.lifetime()
        .stopping()
        .thenRun(
            () -> {
              telling.countDown();
              await(stopping);
              host.stop();
            });
    Thread asking = new Thread(host.lifetime()::stopApplication);
    asking.start();
    await(telling);
    Thread stopper = new Thread(host::stop);
    stopper.start();
    assertThat(Threads.settled(stopper)).isEqualTo(Thread.State.WAITING);

    stopping.countDown();
    stopper.join();
    asking.join();

    assertThat(server.events).containsExactly("stop PT30S");
  }

  @Test
  void s5_closeUsesTheConfiguredTimeout() throws Exception {
    WebHost host = builder("--shutdownTimeout=7").startup(app -> {}).build();
    host.start();

    host.close();

    assertThat(server.events).last().isEqualTo("stop PT7S");
  }

  @Test
  void s4_aNullOrNegativeGraceIsRefused() throws Exception {
    WebHost host = started();

    assertThatNullPointerException().isThrownBy(() -> host.stop(null)).withMessage("grace");
    assertThatIllegalArgumentException().isThrownBy(() -> host.stop(Duration.ofMillis(-1)));
    assertThat(server.events).isEmpty();
  }

  @Test
  void l8_aMalformedSettingIsRefusedWhenTheHostIsBuilt() {
    WebHostBuilder builder = builder("--shutdownTimeout=soon").startup(app -> {});

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("shutdownTimeout");
  }

  @Test
  void s20_whoOperatesTheProgramBeatsWhoWroteIt() throws Exception {
    WebHost host =
        WebHost.builder()
            .server(server)
            .startup(app -> {})
            .urls("http://127.0.0.1:1", "http://127.0.0.1:2")
            .setting("environment", "Test")
            .configuration(
                Configuration.builder().environment(Map.of("PIPEBRIDGE_ENVIRONMENT", "X")).build())
            .build();

    host.start();

    assertThat(host.configuration().environment()).isEqualTo("X");
    assertThat(logs.at(Level.INFO))
        .containsExactly(
            "Listening on http://127.0.0.1:1 (code)", "Listening on http://127.0.0.1:2 (code)");
    host.close();
  }

  @Test
  void s20_aFactoryMakesTheServerOfTheSettings() {
    var seen = new AtomicReference<String>();
    WebHost host =
        WebHost.builder()
            .server(
                settings -> {
                  seen.set(settings.environment());
                  return server;
                })
            .startup(app -> {})
            .arguments("--environment", "Test")
            .build();

    assertThat(seen).hasValue("Test");
    assertThat(host.serverFeatures()).isSameAs(server.features());
  }

  @Test
  void s7_theLifetimeIsAServerFeature() throws Exception {
    WebHost host = started();
    FeatureCollection features = host.serverFeatures();

    assertThat(features.get(ApplicationLifetime.class)).isSameAs(host.lifetime());
    host.close();
  }

  private WebHostBuilder builder(String... arguments) {
    return WebHost.builder()
        .server(server)
        .configuration(Configuration.builder().commandLine(arguments).build());
  }

  private WebHost failing(Exception failure, String... arguments) {
    return builder(arguments)
        .startup(
            app -> {
              throw failure;
            })
        .build();
  }

  /** An application that ends itself, twice, with the first request. */
  private static void endItself(ApplicationBuilder app) {
    var lifetime = app.serverFeatures().require(ApplicationLifetime.class);
    app.run(
        context -> {
          lifetime.stopApplication();
          lifetime.stopApplication();
          context.response().setStatus(201);
        });
  }

  /** A host that has started; what the server noted so far is forgotten. */
  private WebHost started() throws Exception {
    WebHost host = builder().startup(app -> {}).build();
    host.start();
    server.events.clear();
    return host;
  }

  private static CompletableFuture<Void> running(WebHost host) {
    var ended = new CompletableFuture<Void>();
    new Thread(
            () -> {
              try {
                host.run();
                ended.complete(null);
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            })
        .start();
    return ended;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
