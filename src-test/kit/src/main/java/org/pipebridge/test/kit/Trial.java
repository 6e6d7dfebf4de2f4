package org.pipebridge.test.kit;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.opentest4j.TestAbortedException;

/** One run of one scenario, written one way, against one server. */
final class Trial {

  private static final AtomicLong RUNS = new AtomicLong();

  private final ServerUnderTest server;
  private final KitStartup startup;
  private final Scenario scenario;
  private final Writing writing;
  private final Duration forFacts;

  Trial(ServerUnderTest server, KitStartup startup, Scenario scenario, Writing writing) {
    this(server, startup, scenario, writing, server.patience().dividedBy(2));
  }

  /** With a limit of its own for what an application writes down, and for the end of requests. */
  Trial(
      ServerUnderTest server,
      KitStartup startup,
      Scenario scenario,
      Writing writing,
      Duration forFacts) {
    this.server = server;
    this.startup = startup;
    this.scenario = scenario;
    this.writing = writing;
    this.forFacts = forFacts;
  }

  String name() {
    return scenario.key() + (scenario.writings().size() > 1 ? " " + writing : "");
  }

  void run() throws Exception {
    Set<Capability> missing = new TreeSet<>(scenario.needs());
    missing.removeAll(server.capabilities());
    if (!missing.isEmpty()) {
      throw new TestAbortedException("n.a. on " + server.name() + ": needs " + missing);
    }
    String run = ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    try (Probe probe = new Probe(server, control(), scenario, writing, run, forFacts)) {
      try {
        runInTime(probe);
        probe.end();
      } catch (TestAbortedException notHere) {
        throw notHere;
      } catch (AssertionError | Exception failure) {
        throw new AssertionError(report(failure, probe), failure);
      }
    }
  }

  private Control control() {
    boolean inProcess = server.capabilities().contains(Capability.LOGS);
    return inProcess ? Control.within(startup) : Control.over(server);
  }

  private void runInTime(Probe probe) throws Exception {
    Duration deadline = server.patience().multipliedBy(3);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              scenario.check(probe);
              return null;
            });
    Thread thread = new Thread(task, "kit-client " + scenario.id());
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      AssertionError late = new AssertionError("not done within " + deadline);
      late.setStackTrace(thread.getStackTrace());
      throw late;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError error) {
        throw error;
      }
      if (e.getCause() instanceof TestAbortedException notHere) {
        throw notHere;
      }
      throw e;
    }
  }

  private String report(Throwable failure, Probe probe) {
    Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
    String what = cause instanceof AssertionError ? cause.getMessage() : String.valueOf(cause);
    return "%s %s, written as %s, on %s: %s%s"
        .formatted(scenario.key(), scenario.rules(), writing, server.name(), what, seen(probe));
  }

  private static String seen(Probe probe) {
    try {
      return probe.seen();
    } catch (RuntimeException | AssertionError e) {
      return "\n(what was seen cannot be told: " + e + ")";
    }
  }
}
