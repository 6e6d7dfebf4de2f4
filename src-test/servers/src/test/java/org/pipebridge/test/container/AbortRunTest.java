package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.test.container.AbortClient.Seen;

/**
 * Requests are aborted at random by clients and by the application, in all of their phases, in
 * blocking and asynchronous code: each is disposed exactly once, none hangs, no thread stays, and
 * no byte is in the answer to another.
 */
@Tag("reliability")
final class AbortRunTest {

  private static final int REQUESTS = Integer.getInteger("reliability.aborts", 4_000);
  private static final long SEED = Long.getLong("reliability.seed", 1);
  private static final int WARM_UP = 1_000;
  private static final int CLIENTS = 8;
  private static final int REPORT_EVERY = 50_000;

  /** Undertow keeps a connection that ended in a head for a minute. */
  private static final long HEAP_MARGIN = 64L << 20;

  private static final Seen[] SEEN = Seen.values();

  private final AtomicIntegerArray seen = new AtomicIntegerArray(WARM_UP + REQUESTS);
  private final AtomicInteger next = new AtomicInteger();
  private long begin;

  static Stream<Subject> subjects() {
    return Subject.chosen(
        Subject.IN_MEMORY,
        Subject.JETTY_SERVER,
        Subject.JETTY_SERVER_HTTP2,
        Subject.JETTY,
        Subject.TOMCAT,
        Subject.TOMCAT_HTTP2,
        Subject.UNDERTOW,
        Subject.UNDERTOW_HTTP2);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("subjects")
  void a2_a4_s3_eachRequestEndsOnceAndAlone(Subject subject) throws Exception {
    Logger logger = Logger.getLogger("");
    Level level = logger.getLevel();
    logger.setLevel(Level.OFF); // containers tell of clients that left
    LiveThreads threads = new LiveThreads();
    ExecutorService executor = Executors.newCachedThreadPool();
    ApplicationBuilder app = new ApplicationBuilder();
    new AbortApplication(executor).configure(app);
    Ledger ledger = new Ledger(WARM_UP + REQUESTS, app.build());
    try (Subject.Running running = subject.start(ledger)) {
      run(subject, running, ledger, WARM_UP); // makes what stays
      long heap = usedHeap();
      begin = System.nanoTime();
      run(subject, running, ledger, WARM_UP + REQUESTS);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
      long more = usedHeap() - heap;
      executor.shutdown();
      assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).as("tasks ended").isTrue();
      int most = Subject.THREADS + Subject.OTHER_THREADS;
      LiveThreads.await(() -> threads.added().size() <= most); // those of the executor end soon
      List<String> own = threads.added();
      report(
          "%s: %d requests in %d s, %s, heap %+d KiB, %d threads"
              .formatted(subject, REQUESTS, seconds, tally(ledger), more >> 10, own.size()));
      assertThat(ledger.faults()).isEmpty();
      assertThat(more).as("heap in bytes that stays").isLessThan(HEAP_MARGIN);
      assertThat(own).hasSizeLessThanOrEqualTo(most);
    } finally {
      executor.shutdownNow();
      logger.setLevel(level);
    }
    assertThat(threads.awaitNone()).as("threads that stay").isEmpty();
    assertThat(ledger.faults()).isEmpty();
  }

  /** Sends requests until so many were sent, and waits until all are over. */
  private void run(Subject subject, Subject.Running running, Ledger ledger, int requests)
      throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (AbortClients made = new AbortClients(subject, running, ledger::isCreated)) {
      List<Callable<Void>> all =
          IntStream.range(0, CLIENTS)
              .<Callable<Void>>mapToObj(i -> () -> ask(subject, made.make(), ledger, requests))
              .toList();
      for (Future<Void> client : clients.invokeAll(all)) {
        client.get();
      }
    } finally {
      clients.shutdown();
    }
    LiveThreads.await(() -> ledger.open().isEmpty() && clients.isTerminated());
    assertThat(ledger.faults()).isEmpty();
    assertThat(ledger.open().stream().map(AbortRunTest::plan)).as("requests that hang").isEmpty();
    assertThat(clients.isTerminated()).as("clients ended").isTrue();
  }

  private Void ask(Subject subject, AbortClient client, Ledger ledger, int requests)
      throws Exception {
    try (client) {
      while (ledger.faults().isEmpty()) {
        int number = next.getAndUpdate(n -> Math.min(n + 1, requests));
        if (number == requests) {
          break;
        }
        seen.set(number, client.ask(plan(number)).ordinal());
        if (number % REPORT_EVERY == REPORT_EVERY - 1) {
          long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
          report("%s: %d of %d, %d s".formatted(subject, number + 1, requests, seconds));
        }
      }
      return null;
    } catch (Exception | AssertionError e) {
      ledger.fault(e.toString()); // ends the others
      throw e;
    }
  }

  private static AbortPlan plan(int number) {
    return AbortPlan.random(number, new SplittableRandom(SEED << 32 | number));
  }

  /** Counts what came of the requests, each of which must be in the server's books, or must not. */
  private Map<Seen, Integer> tally(Ledger ledger) {
    Map<Seen, Integer> tally = new EnumMap<>(Seen.class);
    for (int number = 0; number < next.get(); number++) {
      Seen one = SEEN[seen.get(number)];
      tally.merge(one, 1, Integer::sum);
      boolean created = ledger.isCreated(number);
      boolean open = one == Seen.LEFT || one == Seen.CUT;
      if (!open && created == (one == Seen.LOST)) {
        ledger.fault("request %d is %s, created: %s".formatted(number, one, created));
      }
    }
    return tally;
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void report(String line) {
    System.out.println(line);
  }
}
