package org.pipebridge.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/rules.md true: each rule of the contract with the scenarios and unit tests that check
 * it.
 *
 * <p>{@code mvn -pl src-test/servers -am test -Dtest=RuleTableTest -Dpipebridge.rules.write=true}
 * writes the file anew.
 */
final class RuleTableTest {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path TABLE = ROOT.resolve("docs/rules.md");
  private static final String HEAD =
      """
      # Which test checks which rule

      Generated from [contract.md](contract.md), the kit's scenarios and the names and comments of the unit tests; a test of the build fails when it is
      not current. Scenarios run on every server. An *open* rule
      is not, or not wholly, kept yet: it waits for the part of the model that is named, and features of that part are absent.

      | rule | scenarios of the kit | unit tests |
      |---|---|---|
      """;

  private final Contract contract = Contract.read(ROOT.resolve("docs/contract.md"));
  private final RuleTests tests = RuleTests.scan(ROOT);

  RuleTableTest() throws IOException {}

  @Test
  void eachRuleHasAScenarioOrAUnitTest() throws IOException {
    Set<String> unchecked = new TreeSet<>(Contract.ORDER);
    unchecked.addAll(contract.rules());
    unchecked.removeAll(tests.checkedRules());
    unchecked.removeAll(open().keySet());
    assertThat(unchecked).as("rules that nothing checks").isEmpty();
  }

  @Test
  void openRulesAreRulesOfTheContract() throws IOException {
    assertThat(contract.rules()).containsAll(open().keySet());
  }

  @Test
  void theTableIsCurrent() throws IOException {
    String table = table();
    if (Boolean.getBoolean("pipebridge.rules.write")) {
      Files.writeString(TABLE, table);
    }
    assertThat(Files.readString(TABLE))
        .as("%s; the class comment says how to renew it", TABLE)
        .isEqualTo(table);
  }

  private String table() throws IOException {
    TreeMap<String, String> open = open();
    StringBuilder table = new StringBuilder(HEAD);
    for (String rule : contract.rules()) {
      String scenarios = String.join(" ", tests.scenarios(rule));
      String units =
          tests.units(rule).stream().map(t -> "`" + t + "`").collect(Collectors.joining(" "));
      if (open.containsKey(rule)) {
        units = ("*open: " + open.get(rule) + "* " + units).strip();
      }
      table.append("| %s | %s | %s |%n".formatted(rule, scenarios, units).replace("\r", ""));
    }
    return table.toString();
  }

  private static TreeMap<String, String> open() throws IOException {
    Properties listed = new Properties();
    try (InputStream in = RuleTableTest.class.getResourceAsStream("open-rules.properties")) {
      listed.load(in);
    }
    TreeMap<String, String> open = new TreeMap<>(Contract.ORDER);
    listed.stringPropertyNames().forEach(name -> open.put(name, listed.getProperty(name)));
    return open;
  }
}
