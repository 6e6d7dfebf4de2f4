package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.pipebridge.test.PlainServer;

/** The kit can fail: each group finds the fault that it is there for, and no other group does. */
final class BrokenServersTest {

  /** How long to wait for what the fault may keep from coming; all else is given its time. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** Which other groups meet a fault too: files that shrink are broken off as other content is. */
  private static final Map<String, Set<String>> ALSO = Map.of("C", Set.of("G"));

  /** The failure that each group is there for: a scenario, and what it sees. */
  private static final Map<String, String> SIGNS =
      Map.of(
          "A", "^K15\\..*\\[header Content-Length]",
          "B", "^K42\\..*\\[\"first\", \"second\"]",
          "C", "^K61\\..*\\[broken off",
          "D", "^K85\\..*but was: \"/a\"",
          "E", "^K112\\..*content=hell!",
          "F", "^K142\\..*not within .*: 3 facts",
          "G", "^K160\\..*but was: \"0123456789\"",
          "H", "^K191\\..*but was: 500");

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
    Predicate<String> sign = Pattern.compile(SIGNS.get(group), Pattern.DOTALL).asPredicate();
    List<String> found = new ArrayList<>();
    List<String> elsewhere = new ArrayList<>();
    try (KitStartup startup = new KitStartup();
        BrokenServer server = new BrokenServer(group)) {
      server.start(startup);
      Catalogue.groups()
          .forEach(
              (name, scenarios) -> {
                boolean own = name.equals(group);
                server.patience = own ? SHORT : Patience.DEFAULT;
                Stream<String> failures =
                    scenarios.stream()
                        .filter(BrokenServersTest::isFor)
                        .map(s -> failure(new Trial(server, startup, s, Writing.HANDLER)))
                        .flatMap(Optional::stream);
                if (own) {
                  failures.filter(sign).findFirst().ifPresent(found::add);
                } else if (!ALSO.getOrDefault(group, Set.of()).contains(name)) {
                  failures.forEach(elsewhere::add);
                }
              });
    }
    assertThat(found).as("failures that look like %s", SIGNS.get(group)).isNotEmpty();
    assertThat(elsewhere).isEmpty();
  }

  /** A PlainServer trusts its clients; what starts servers of its own is about no request. */
  private static boolean isFor(Scenario scenario) {
    return !scenario.rules().contains("Q7") && !scenario.needs().contains(Capability.NEW_SERVER);
  }

  private static Optional<String> failure(Trial trial) {
    try {
      trial.run();
      return Optional.empty();
    } catch (TestAbortedException e) {
      return Optional.empty();
    } catch (AssertionError | Exception e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static final class BrokenServer extends ListeningServer {

    private volatile Duration patience = Patience.DEFAULT;

    BrokenServer(String group) {
      super(
          "broken server " + group, () -> new PlainServer(Faults.BY_GROUP.get(group)), false, null);
    }

    @Override
    public Duration patience() {
      return patience;
    }
  }
}
