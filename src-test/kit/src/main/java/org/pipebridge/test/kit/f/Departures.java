package org.pipebridge.test.kit.f;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
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

/** K143 to K145: a client that leaves, with its answer or without it. */
final class Departures {

  private static final int KIB = 1024;

  /** A host looks after its clients twice a second. */
  private static final int LONGER_THAN_A_LOOK_MILLIS = 1200;

  private Departures() {}

  static List<Scenario> scenarios() {
    return List.of(k143(), k143Reset(), k143HalfClose(), k144(), k145());
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

  private static Scenario k143HalfClose() {
    return Scenario.named("K143", "a8_aClientThatOnlyHalfClosesGetsItsAnswer")
        .rules("A8")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().write(context.request().body().read() + " and an answer");
              run.record("aborted", context.isAborted());
            })
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.get());
              connection.halfClose();
              connection.answer().hasStatus(200).hasText("-1 and an answer");
              assertThat(probe.facts(1)).containsExactly("aborted=false");
              probe.loggedNothing();
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

  private static Scenario k145() {
    return Scenario.named("K145", "a4_aClientThatLeavesWithItsAnswerAbortsNothing")
        .rules("A4", "R10")
        .application(
            (context, run) -> {
              CompletableFuture<Void> aborted = context.aborted().toCompletableFuture();
              context.response().onCompleted(() -> run.record("end", context.isAborted()));
              context.response().write("all of it");
              context.response().complete();
              run.record("sent");
              run.await("received");
              run.attemptQuietly(() -> aborted.get(LONGER_THAN_A_LOOK_MILLIS, MILLISECONDS));
              run.record("aborted", aborted.isDone());
            })
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("all of it");
              probe.facts(1);
              probe.signal("received");
              connection.close(); // which on TLS may wait for the server
              assertThat(probe.facts(3)).containsExactly("sent", "aborted=false", "end=false");
              probe.loggedNothing();
            });
  }
}
