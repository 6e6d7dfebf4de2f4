import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the results of a container against what is known that it cannot do, both ways: a scenario
 * that fails must be listed with its reason, and what is listed must fail.
 */
public final class Verdict {

  /** Scenarios that some containers cannot pass, written in one way or in all. */
  private record Exception(String key, String writing, Set<String> containers, String reason) {

    boolean covers(String container, Result result) {
      return containers.contains(container)
          && key.equals(result.key)
          && (writing.isEmpty() || writing.equals(result.writing));
    }
  }

  private record Result(
      String mount, String group, String id, String key, String writing, String how, String why) {}

  private Verdict() {}

  public static void main(String[] args) throws java.lang.Exception {
    List<Exception> exceptions = exceptions(Path.of(args[0]));
    judge(args[2], results(Path.of(args[1]), args[2]), exceptions);
  }

  private static void judge(String container, List<Result> results, List<Exception> exceptions) {
    Set<String> run = new TreeSet<>();
    results.forEach(result -> run.add(result.key));
    Set<Exception> unused = new LinkedHashSet<>();
    exceptions.stream()
        .filter(e -> e.containers.contains(container) && run.contains(e.key))
        .forEach(unused::add);
    Map<String, List<Result>> faults = new TreeMap<>();
    long known = 0;
    for (Result result : results) {
      if (result.how.equals("failed")) {
        List<Exception> covering =
            exceptions.stream().filter(e -> e.covers(container, result)).toList();
        if (covering.isEmpty()) {
          faults.computeIfAbsent(result.key, key -> new ArrayList<>()).add(result);
        } else {
          known++;
          unused.removeAll(covering);
        }
      }
    }
    faults.forEach((key, failed) -> report(failed));
    unused.forEach(e -> System.out.println("  PASSED, but is listed: " + e.key + " " + e.writing));
    System.out.printf("  %d cannot be, %d faults%n", known, faults.size() + unused.size());
    if (!faults.isEmpty() || !unused.isEmpty()) {
      System.exit(1);
    }
  }

  private static void report(List<Result> failed) {
    Result first = failed.get(0);
    Set<String> where = new TreeSet<>();
    failed.forEach(result -> where.add(result.writing + " at " + result.mount));
    System.out.println("  FAILED " + first.key + " (" + String.join(", ", where) + ")");
    System.out.println("         " + first.why.replaceFirst("^.*?, on [^:]*: ", ""));
  }

  /** Reads blocks of a line {@code key[:WRITING] @ container...} and an indented reason. */
  private static List<Exception> exceptions(Path file) throws java.io.IOException {
    List<Exception> exceptions = new ArrayList<>();
    List<Exception> open = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        open.forEach(e -> exceptions.add(new Exception(e.key, e.writing, e.containers, line.strip())));
        open.clear();
      } else {
        String[] parts = line.split(" @ ");
        String[] key = parts[0].strip().split(":");
        Set<String> containers = new TreeSet<>(List.of(parts[1].strip().split(" +")));
        open.add(new Exception(key[0], key.length > 1 ? key[1] : "", containers, ""));
      }
    }
    return exceptions;
  }

  private static List<Result> results(Path folder, String container) throws java.io.IOException {
    List<Result> results = new ArrayList<>();
    for (String mount : new String[] {"", "-app"}) {
      Path file = folder.resolve(container + mount + ".tsv");
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] f = line.split("\t", -1);
        String at = mount.isEmpty() ? "/" : "/app";
        results.add(new Result(at, f[0], f[1], f[2], f[3], f[4], f[5]));
      }
    }
    return results;
  }
}
