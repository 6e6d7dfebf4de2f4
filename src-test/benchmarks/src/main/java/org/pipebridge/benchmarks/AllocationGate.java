package org.pipebridge.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts the bytes that a server allocates for a request, and fails when a pipeline needs too many
 * more than a bare servlet.
 *
 * <p>Both live in one Jetty. Rounds alternate; a row shows the medians of each, and the median of
 * the differences of pairs.
 */
final class AllocationGate {

  private static final int ROUNDS = 7;
  private static final int WARM_UP = 4;
  private static final int CONNECTIONS = 8;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final BenchmarkServer server;

  private AllocationGate(BenchmarkServer server) {
    this.server = server;
  }

  /** Runs the workloads that are named, or all; exits with 1 when one is beyond its bar. */
  public static void main(String[] names) throws Exception {
    boolean met = true;
    BenchmarkServer server = new BenchmarkServer();
    AllocationGate gate = new AllocationGate(server);
    System.out.println("bytes per request   bare  pipeline  difference   bar");
    for (Workload workload : server.workloads()) {
      if (names.length == 0 || List.of(names).contains(workload.name())) {
        met &= gate.measure(workload);
      }
    }
    System.out.println(met ? "every bar is met" : "a bar is not met");
    System.exit(met ? 0 : 1);
  }

  private boolean measure(Workload workload) throws IOException {
    try (Side bare = new Side(workload, false);
        Side pipeline = new Side(workload, true)) {
      checkSame(workload, bare, pipeline);
      for (int i = 0; i < WARM_UP; i++) {
        bare.run();
        pipeline.run();
      }
      double[] plain = new double[ROUNDS];
      double[] piped = new double[ROUNDS];
      double[] difference = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        plain[i] = bare.run();
        piped[i] = pipeline.run();
        difference[i] = piped[i] - plain[i];
      }
      double more = median(difference);
      boolean met = more <= workload.bar();
      System.out.printf(
          "%-15s %8.0f  %8.0f  %+10.0f  %+4d%s%n",
          workload.name(), median(plain), median(piped), more, workload.bar(), met ? "" : "  !");
      return met;
    }
  }

  private static void checkSame(Workload workload, Side bare, Side pipeline) throws IOException {
    String expected = bare.once();
    String answer = pipeline.once();
    if (!answer.startsWith("HTTP/1.1 200") || !answer.equals(expected)) {
      throw new IllegalStateException(
          "the answers of %s differ:%n%s%nand%n%s".formatted(workload.name(), expected, answer));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Some connections to the pipeline or to the bare servlet. */
  private final class Side implements AutoCloseable {

    private final List<KeepAliveClient> clients = new ArrayList<>();
    private final int turns;

    Side(Workload workload, boolean pipeline) throws IOException {
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(new KeepAliveClient(server.port(), workload.target(pipeline)));
      }
      turns = workload.requests() / CONNECTIONS;
    }

    String once() throws IOException {
      clients.get(0).send();
      return clients.get(0).receive();
    }

    /** Sends the requests of a round; returns how many bytes were allocated for each. */
    double run() throws IOException {
      long before = allocated();
      for (int i = 0; i < turns; i++) {
        for (KeepAliveClient client : clients) {
          client.send();
        }
        for (KeepAliveClient client : clients) {
          client.receive();
        }
      }
      return (double) (allocated() - before) / (turns * CONNECTIONS);
    }

    /** What all threads but this one, which is the client, have allocated since they began. */
    private static long allocated() {
      long self = Thread.currentThread().getId();
      long[] others = Arrays.stream(THREADS.getAllThreadIds()).filter(id -> id != self).toArray();
      return Arrays.stream(THREADS.getThreadAllocatedBytes(others)).filter(n -> n > 0).sum();
    }

    @Override
    public void close() throws IOException {
      for (KeepAliveClient client : clients) {
        client.close();
      }
    }
  }
}
