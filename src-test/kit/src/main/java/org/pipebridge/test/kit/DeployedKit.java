package org.pipebridge.test.kit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opentest4j.TestAbortedException;

/**
 * Holds a deployment of {@link KitStartup} against every scenario, from a command line, and writes
 * down how each went.
 *
 * <p>The results are lines of six fields, separated by tabs: group, row, key and writing of the
 * scenario, {@code passed}, {@code failed} or {@code skipped}, and the first line of the reason.
 * What the clients and the applications saw of the failures lies beside them, in a file that ends
 * in {@code .log}.
 */
public final class DeployedKit {

  /** So many scenarios run at a time; most of them wait most of the time. */
  private static final int AT_A_TIME = 4;

  private DeployedKit() {}

  /**
   * Runs the scenarios; whether they passed only the results tell.
   *
   * @param args a name for reports, the URL that the application is mounted at, the file for the
   *     results, and perhaps how the keys of the scenarios to run begin
   * @throws Exception if the deployment cannot be reached, or the results not be written
   */
  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      throw new IllegalArgumentException("expected NAME URL RESULTS [KEY], but got " + args.length);
    }
    hold(
        ServerUnderTest.remote(args[0], URI.create(args[1])),
        Catalogue.groups(),
        args.length > 3 ? args[3] : "",
        Path.of(args[2]));
  }

  /**
   * Runs some scenarios against a deployment that is reached in a way of its own.
   *
   * @param server the deployment; it is closed at the end
   * @param groups the scenarios by group
   * @param only how the keys of the scenarios to run begin
   * @param results the file for the results
   * @throws Exception if the deployment cannot be reached, or the results not be written
   */
  public static void hold(
      ServerUnderTest server, Map<String, List<Scenario>> groups, String only, Path results)
      throws Exception {
    try (KitStartup startup = new KitStartup();
        server) {
      server.start(startup);
      List<Callable<Result>> trials = new ArrayList<>();
      groups.forEach(
          (group, scenarios) ->
              scenarios.stream()
                  .filter(scenario -> scenario.key().startsWith(only))
                  .forEach(
                      scenario ->
                          scenario
                              .writings()
                              .forEach(
                                  writing -> {
                                    Trial trial = new Trial(server, startup, scenario, writing);
                                    trials.add(() -> result(group, scenario, writing, trial));
                                  })));
      run(trials, results);
    }
  }

  private static void run(List<Callable<Result>> trials, Path results)
      throws IOException, InterruptedException, ExecutionException {
    long began = System.nanoTime();
    ExecutorService clients = Executors.newFixedThreadPool(AT_A_TIME);
    List<Future<Result>> pending = new ArrayList<>();
    for (Callable<Result> trial : trials) {
      pending.add(clients.submit(trial));
    }
    clients.shutdown();
    List<Result> all = new ArrayList<>();
    for (Future<Result> result : pending) {
      all.add(result.get());
    }
    Files.write(results, all.stream().map(Result::line).toList());
    Files.write(
        Path.of(results + ".log"),
        all.stream().filter(r -> r.how.equals("failed")).map(Result::why).toList());
    System.out.printf(
        "  %d passed, %d failed, %d skipped in %d s%n",
        count(all, "passed"),
        count(all, "failed"),
        count(all, "skipped"),
        (System.nanoTime() - began) / 1_000_000_000);
  }

  private static long count(List<Result> all, String how) {
    return all.stream().filter(result -> result.how.equals(how)).count();
  }

  private static Result result(String group, Scenario scenario, Writing writing, Trial trial) {
    try {
      trial.run();
      return new Result(group, scenario, writing, "passed", "");
    } catch (TestAbortedException e) {
      return new Result(group, scenario, writing, "skipped", String.valueOf(e.getMessage()));
    } catch (AssertionError | Exception e) {
      return new Result(group, scenario, writing, "failed", String.valueOf(e.getMessage()));
    }
  }

  private record Result(String group, Scenario scenario, Writing writing, String how, String why) {

    String line() {
      String reason = why.strip().lines().limit(4).reduce("", (a, b) -> (a + " " + b).strip());
      return String.join(
          "\t",
          group,
          scenario.id(),
          scenario.key(),
          writing.name(),
          how,
          reason.replace('\t', ' '));
    }
  }
}
