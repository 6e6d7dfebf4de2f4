package org.pipebridge.test.kit.f;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K143, K144: a client that leaves before it has its answer. */
final class Departures {

  private static final int KIB = 1024;

  private Departures() {}

  static List<Scenario> scenarios() {
    return List.of(k143(), k143Reset(), k144());
  }

  private static Scenario k143() {
    return Scenario.named("K143", "a3_aClientThatClosesIsNoticed")
        .rules("A3")
        .application(Departures::waitForAbort)
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.content(6);
              connection.close();
              isNoticed(probe);
            });
  }

  private static Scenario k143Reset() {
    return Scenario.named("K143", "a3_aClientThatResetsIsNoticed")
        .rules("A3")
        .needs(Capability.BYTES)
        .application(Departures::waitForAbort)
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.get());
              connection.content(6);
              connection.reset();
              isNoticed(probe);
            });
  }

  /** A host notices by itself; elsewhere it takes a write that fails. */
  private static void isNoticed(Probe probe) {
    if (!probe.can(Capability.HOST)) {
      probe.signal("write");
    }
    assertThat(probe.facts(1)).containsExactly("aborted=true");
    probe.loggedNothing();
  }

  private static void waitForAbort(HttpContext context, Run run) throws Exception {
    CompletableFuture<Void> aborted = context.aborted().toCompletableFuture();
    run.attemptQuietly(
        () -> {
          context.response().write("hello,");
          context.response().flush(); // the client may be gone before this returns
        });
    CompletableFuture.anyOf(aborted, run.awaitAsync("write").toCompletableFuture())
        .get(10, TimeUnit.SECONDS);
    for (int i = 0; i < 1000 && !aborted.isDone(); i++) {
      run.attemptQuietly(
          () -> {
            context.response().write(new byte[KIB]);
            context.response().flush();
          });
      awaitBriefly(aborted);
    }
    run.record("aborted", aborted.isDone());
  }

  private static void awaitBriefly(CompletableFuture<Void> aborted) throws Exception {
    try {
      aborted.get(10, TimeUnit.MILLISECONDS);
    } catch (TimeoutException goOn) {
      // the client is not known to have left
    }
  }

  private static Scenario k144() {
    return Scenario.named("K144", "a5_anEndlessProducerEnds")
        .rules("A5", "E12")
        .application(
            (context, run) -> {
              CompletableFuture<Void> aborted = context.aborted().toCompletableFuture();
              try {
                for (int i = 0; i < 1000; i++) {
                  context.response().write(new byte[KIB]);
                  context.response().flush();
                  awaitBriefly(aborted);
                }
                run.record("never ended");
              } catch (RequestAbortedException e) {
                run.record("RequestAbortedException");
                throw e;
              }
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(connection.content(3 * KIB)).hasSize(3 * KIB);
              connection.close();
              assertThat(probe.facts(1)).containsExactly("RequestAbortedException");
              if (probe.can(Capability.DISPOSAL)) {
                assertThat(probe.disposed()).isEqualTo("none");
              }
              probe.loggedNothing();
            });
  }
}
