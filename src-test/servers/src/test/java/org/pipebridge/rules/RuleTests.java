package org.pipebridge.rules;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pipebridge.test.kit.Catalogue;
import org.pipebridge.test.kit.Scenario;

/**
 * What checks each rule: scenarios say so themselves; a unit test says so by the start of its name,
 * {@code r5_...}, or by rule ids in brackets in the comment of the class or method.
 */
final class RuleTests {

  private static final Pattern BY_NAME = Pattern.compile("\\bvoid ([a-z]\\d+)_");
  private static final Pattern BRACKETS =
      Pattern.compile("\\(([A-Z]\\d+(?:(?:, | to )[A-Z]\\d+)*)\\)");
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("[A-Z]\\d+");

  /** Folders where tools make and remove files at any time. */
  private static final Set<String> MADE = Set.of(".git", "target", "node_modules");

  private final Map<String, SortedSet<String>> scenarios = new TreeMap<>(Contract.ORDER);
  private final Map<String, SortedSet<String>> units = new TreeMap<>(Contract.ORDER);

  static RuleTests scan(Path root) throws IOException {
    RuleTests tests = new RuleTests();
    for (Scenario scenario : Catalogue.all()) {
      scenario.rules().forEach(rule -> add(tests.scenarios, rule, scenario.id()));
    }
    for (Path file : testFiles(root)) {
      tests.scanFile(file);
    }
    return tests;
  }

  private static List<Path> testFiles(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean made = MADE.contains(folder.getFileName().toString());
            return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().contains("/src/test/java/")
                && file.toString().endsWith("Test.java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found;
  }

  private void scanFile(Path file) throws IOException {
    String text = Files.readString(file);
    String type = file.getFileName().toString().replace(".java", "");
    Matcher byName = BY_NAME.matcher(text);
    while (byName.find()) {
      add(units, byName.group(1).toUpperCase(Locale.ROOT), type);
    }
    Matcher comment = COMMENT.matcher(text);
    while (comment.find()) {
      Matcher brackets = BRACKETS.matcher(comment.group());
      while (brackets.find()) {
        expand(brackets.group(1)).forEach(rule -> add(units, rule, type));
      }
    }
  }

  /** "R5, R7" is two rules, "V11 to V14" four. */
  private static Set<String> expand(String text) {
    Set<String> rules = new TreeSet<>(Contract.ORDER);
    for (String part : text.split(", ")) {
      String[] ends = part.split(" to ");
      int first = Integer.parseInt(ends[0].substring(1));
      int last = Integer.parseInt(ends[ends.length - 1].substring(1));
      for (int number = first; number <= last && ID.matcher(ends[0]).matches(); number++) {
        rules.add(ends[0].charAt(0) + Integer.toString(number));
      }
    }
    return rules;
  }

  Set<String> checkedRules() {
    Set<String> rules = new TreeSet<>(Contract.ORDER);
    rules.addAll(scenarios.keySet());
    rules.addAll(units.keySet());
    return rules;
  }

  Set<String> scenarios(String rule) {
    SortedSet<String> ids = new TreeSet<>(Contract.ORDER);
    ids.addAll(scenarios.getOrDefault(rule, new TreeSet<>()));
    return ids;
  }

  Set<String> units(String rule) {
    return units.getOrDefault(rule, new TreeSet<>());
  }

  private static void add(Map<String, SortedSet<String>> map, String rule, String test) {
    map.computeIfAbsent(rule, ignored -> new TreeSet<>()).add(test);
  }
}
