package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.pipebridge.test.Fault;
import org.pipebridge.test.PlainServer;

/** The kit can fail: each group finds the fault that it is there for, and no other group does. */
final class BrokenServersTest {

  /** Which other groups meet a fault too: files that shrink are broken off as other content is. */
  private static final Map<String, Set<String>> ALSO = Map.of("C", Set.of("G"));

  @BeforeAll
  static void keepFailuresOffTheConsole() {
    Logs.keepOffConsole(true);
  }

  @AfterAll
  static void useTheConsoleAgain() {
    Logs.keepOffConsole(false);
  }

  @TestFactory
  Stream<DynamicTest> eachGroupFindsItsFault() {
    return Catalogue.groups().entrySet().stream()
        .filter(group -> !group.getValue().isEmpty())
        .map(
            group ->
                DynamicTest.dynamicTest(
                    "group " + group.getKey(), () -> onlyThisGroupFails(group.getKey())));
  }

  private static void onlyThisGroupFails(String group) throws Exception {
    Fault fault = Faults.BY_GROUP.get(group);
    Map<String, List<String>> failures = new TreeMap<>();
    try (KitStartup startup = new KitStartup();
        ServerUnderTest server =
            ServerUnderTest.listening("broken server " + group, () -> new PlainServer(fault))) {
      server.start(startup);
      Catalogue.groups()
          .forEach(
              (name, scenarios) -> {
                List<String> failed =
                    scenarios.stream()
                        .filter(BrokenServersTest::isFor)
                        .filter(s -> fails(new Trial(server, startup, s, Writing.HANDLER)))
                        .map(Scenario::key)
                        .toList();
                if (!failed.isEmpty()) {
                  failures.put(name, failed);
                }
              });
    }
    assertThat(failures).containsKey(group);
    failures.keySet().removeAll(ALSO.getOrDefault(group, Set.of()));
    assertThat(failures).containsOnlyKeys(Set.of(group));
  }

  /** A PlainServer trusts its clients; what starts servers of its own is about no request. */
  private static boolean isFor(Scenario scenario) {
    return !scenario.rules().contains("Q7") && !scenario.needs().contains(Capability.NEW_SERVER);
  }

  private static boolean fails(Trial trial) {
    try {
      trial.run();
      return false;
    } catch (TestAbortedException e) {
      return false;
    } catch (AssertionError | Exception e) {
      return true;
    }
  }
}
