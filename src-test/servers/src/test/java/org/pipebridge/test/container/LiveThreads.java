package org.pipebridge.test.container;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The threads that live at some time, to be compared with those that live later. */
final class LiveThreads {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** That of the JVM's own threads, such as the one that a debugger asks to have. */
  private static final String OF_THE_JVM = "system";

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  /** The names of those that have come since and live. */
  List<String> added() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && !isOfTheJvm(thread))
        .map(Thread::getName)
        .sorted()
        .toList();
  }

  private static boolean isOfTheJvm(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null || group.getName().equals(OF_THE_JVM); // null: it has ended
  }

  /** Waits until those that have come are gone; names those that stay. */
  List<String> awaitNone() {
    await(() -> added().isEmpty());
    return added();
  }

  /** Waits for a condition, as long as it takes on a busy machine. */
  static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return true;
  }
}
