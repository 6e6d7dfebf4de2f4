package org.pipebridge.test.kit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K66, K73: a client that goes away is no failure. */
final class Disconnects {

  private Disconnects() {}

  static List<Scenario> scenarios() {
    return List.of(k66(), k73());
  }

  private static Scenario k66() {
    return Scenario.named("K66", "r44_anAbortedAnswerMayBeTooShort")
        .rules("R44", "A3")
        .application(
            (context, run) -> {
              context.response().setContentLength(10_000_000);
              context.response().write("hello,");
              context.response().flush();
              run.record("flushed");
              awaitAbort(context, run);
            })
        .check(
            probe -> {
              goAway(probe);
              assertThat(probe.facts(2)).containsExactly("flushed", "aborted");
              probe.loggedNothing();
            });
  }

  private static Scenario k73() {
    return Scenario.named("K73", "e12_anIoExceptionAfterAnAbortIsNoFailure")
        .rules("E12", "E11")
        .application(
            (context, run) -> {
              context.response().write("hello,");
              context.response().flush();
              run.record("flushed");
              awaitAbort(context, run);
              throw new IOException("because the client is gone");
            })
        .check(
            probe -> {
              goAway(probe);
              assertThat(probe.facts(2)).containsExactly("flushed", "aborted");
              probe.loggedNothing();
              if (probe.can(Capability.DISPOSAL)) {
                assertThat(probe.disposed()).isEqualTo("none");
              }
            });
  }

  private static void goAway(Probe probe) {
    Connection connection = probe.send(probe.get());
    assertThat(connection.content(6)).hasSize(6);
    probe.facts(1); // the bytes may be here before the flush has returned there
    connection.close();
  }

  /** Waits for the abort; where only I/O shows it, by writing more than buffers hold (A3, A5). */
  private static void awaitAbort(HttpContext context, Run run) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (int millis = 1000; !context.isAborted() && System.nanoTime() < end; millis = 10) {
      try {
        context.aborted().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        run.attemptQuietly(
            () -> {
              context.response().write(new byte[64 * 1024]);
              context.response().flush();
            });
      }
    }
    run.record(context.isAborted() ? "aborted" : "not aborted");
  }
}
