import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the results of a container against what is known that it cannot do, both ways: a scenario
 * that fails must be listed with its reason, and what is listed must fail. Writes the tables of
 * docs/containers.md from the results of all containers.
 */
public final class Verdict {

  /** Scenarios that some containers cannot pass, written in one way or in all. */
  private record Exception(String key, String writing, Set<String> containers, String reason) {

    /** Whether it must fail there; what fails at times only is marked by a question mark. */
    boolean mustFail(String container) {
      return containers.contains(container);
    }

    boolean covers(String container, Result result) {
      return (containers.contains(container) || containers.contains("?" + container))
          && key.equals(result.key)
          && (writing.isEmpty() || writing.equals(result.writing));
    }
  }

  private static final Map<String, String> TITLES =
      Map.of(
          "A", "framing",
          "B", "start and callbacks",
          "C", "failure and length",
          "D", "target, path, headers",
          "E", "request body",
          "F", "abort, upgrade",
          "G", "files, switches, pipeline, host",
          "H", "features, WAR, filter, end of life");

  private record Result(
      String mount, String group, String id, String key, String writing, String how, String why) {}

  private Verdict() {}

  /**
   * Judges one container, or writes the tables.
   *
   * @param args the list of what cannot be and the folder of the results; then the container to
   *     judge, or {@code --write}, the page, and containers with their versions, as {@code name=1}
   */
  public static void main(String[] args) throws java.lang.Exception {
    List<Exception> exceptions = exceptions(Path.of(args[0]));
    Path results = Path.of(args[1]);
    if (args[2].equals("--write")) {
      write(Path.of(args[3]), results, List.of(args).subList(4, args.length), exceptions);
    } else {
      judge(args[2], results(results, args[2]), exceptions);
    }
  }

  private static void judge(String container, List<Result> results, List<Exception> exceptions) {
    Set<String> run = new TreeSet<>();
    results.forEach(result -> run.add(result.key));
    Set<Exception> unused = new LinkedHashSet<>();
    exceptions.stream()
        .filter(e -> e.mustFail(container) && run.contains(e.key))
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

  /** Reads blocks of lines {@code key[:WRITING] @ container...} and an indented reason. */
  private static List<Exception> exceptions(Path file) throws java.io.IOException {
    List<Exception> exceptions = new ArrayList<>();
    List<Exception> open = new ArrayList<>();
    StringBuilder reason = new StringBuilder();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        reason.append(reason.isEmpty() ? "" : " ").append(line.strip());
        continue;
      }
      if (!reason.isEmpty()) {
        add(exceptions, open, reason);
      }
      String[] parts = line.split(" @ ");
      String[] key = parts[0].strip().split(":");
      Set<String> containers = new TreeSet<>(List.of(parts[1].strip().split(" +")));
      open.add(new Exception(key[0], key.length > 1 ? key[1] : "", containers, ""));
    }
    add(exceptions, open, reason);
    return exceptions;
  }

  private static void add(
      List<Exception> exceptions, List<Exception> open, StringBuilder reason) {
    for (Exception e : open) {
      exceptions.add(new Exception(e.key, e.writing, e.containers, reason.toString()));
    }
    open.clear();
    reason.setLength(0);
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

  private static void write(
      Path page, Path folder, List<String> containers, List<Exception> exceptions)
      throws java.io.IOException {
    List<String> overHttp2 =
        containers.stream()
            .map(container -> container.replace("=", "+h2c="))
            .filter(container -> Files.exists(folder.resolve(name(container) + ".tsv")))
            .toList();
    List<String> names = new ArrayList<>();
    containers.forEach(container -> names.add(name(container)));
    overHttp2.forEach(container -> names.add(name(container)));
    String text = Files.readString(page);
    text = replace(text, "runs", table(containers, folder));
    text = replace(text, "runs over HTTP/2", table(overHttp2, folder));
    text = replace(text, "reasons", reasons(names, exceptions));
    Files.writeString(page, text);
  }

  private static String name(String container) {
    return container.substring(0, container.indexOf('='));
  }

  private static String table(List<String> containers, Path folder) throws java.io.IOException {
    List<String> names = new ArrayList<>();
    Map<String, Map<String, int[]>> counts = new TreeMap<>(); // group, container: passed, cannot
    for (String container : containers) {
      String name = name(container);
      names.add(name);
      Map<String, String> worst = new TreeMap<>();
      Map<String, String> groups = new TreeMap<>();
      for (Result result : results(folder, name)) {
        groups.put(result.key, result.group);
        worst.merge(
            result.key,
            result.how,
            (a, b) -> a.equals("failed") || b.equals("skipped") ? a : b);
      }
      worst.forEach(
          (key, how) -> {
            int[] count =
                counts
                    .computeIfAbsent(groups.get(key), g -> new TreeMap<>())
                    .computeIfAbsent(name, n -> new int[3]);
            count[how.equals("passed") ? 0 : how.equals("failed") ? 1 : 2]++;
          });
    }
    return table(containers, names, counts);
  }

  private static String table(
      List<String> containers, List<String> names, Map<String, Map<String, int[]>> counts) {
    StringBuilder text = new StringBuilder("| group |");
    containers.forEach(c -> text.append(' ').append(c.replace("+h2c", "").replace("=", "<br>")).append(" |"));
    text.append("\n|---|").append("---|".repeat(names.size())).append('\n');
    Map<String, int[]> sums = new TreeMap<>();
    counts.forEach(
        (group, row) -> {
          text.append("| ").append(group).append(": ").append(TITLES.get(group)).append(" |");
          for (String name : names) {
            int[] cell = row.getOrDefault(name, new int[3]);
            int[] sum = sums.computeIfAbsent(name, n -> new int[3]);
            for (int i = 0; i < 3; i++) {
              sum[i] += cell[i];
            }
            text.append(' ').append(cell(cell)).append(" |");
          }
          text.append('\n');
        });
    text.append("| all |");
    names.forEach(name -> text.append(" **").append(cell(sums.get(name))).append("** |"));
    return text.append('\n').toString();
  }

  private static String cell(int[] cell) {
    return cell[0] + (cell[1] > 0 ? " − " + cell[1] : "") + (cell[2] > 0 ? " (" + cell[2] + ")" : "");
  }

  private static String reasons(List<String> names, List<Exception> exceptions) {
    Map<String, Map<String, Set<String>>> byReason = new LinkedHashMap<>();
    for (Exception exception : exceptions) {
      for (String name : names) {
        boolean sometimes = exception.containers.contains("?" + name);
        if (exception.mustFail(name) || sometimes) {
          byReason
              .computeIfAbsent(exception.reason, r -> new TreeMap<>())
              .computeIfAbsent(exception.key + exception.writing, k -> new LinkedHashSet<>())
              .add(name + (sometimes ? " at times" : ""));
        }
      }
    }
    StringBuilder text = new StringBuilder("| scenarios | containers | why |\n|---|---|---|\n");
    byReason.forEach(
        (reason, keys) -> {
          Set<String> where = new LinkedHashSet<>();
          keys.values().forEach(where::addAll);
          text.append("| ").append(String.join("<br>", keys.keySet())).append(" | ");
          text.append(String.join(", ", where)).append(" | ").append(reason).append(" |\n");
        });
    return text.toString();
  }

  private static String replace(String text, String name, String content) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    if (to < from) {
      throw new IllegalStateException("there is no place for the " + name);
    }
    return text.substring(0, from) + content + text.substring(to);
  }
}
