package org.pipebridge.test.kit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Holds a server against every scenario of the kit: a test class extends it and names the server.
 *
 * <pre>{@code
 * final class MyServerConformanceTest extends ServerConformance {
 *   @Override
 *   protected ServerUnderTest server() {
 *     return ServerUnderTest.listening("MyServer", MyServer::new);
 *   }
 * }
 * }</pre>
 *
 * <p>The server is started once and serves all scenarios. What it cannot be checked for, by its
 * {@linkplain ServerUnderTest#capabilities() capabilities}, is reported as skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServerConformance {

  private @Nullable ServerUnderTest server;
  private @Nullable KitStartup startup;

  /** For subclasses. */
  protected ServerConformance() {}

  /**
   * Makes the server, which the kit starts and closes.
   *
   * @return a server that was not started
   */
  protected abstract ServerUnderTest server();

  /**
   * Chooses the scenarios.
   *
   * @return scenarios by group; all of them unless overridden
   */
  protected Map<String, List<Scenario>> groups() {
    return Catalogue.groups();
  }

  @BeforeAll
  final void start() throws Exception {
    Logs.keepOffConsole(true);
    startup = new KitStartup();
    server = server();
    server.start(startup);
  }

  @AfterAll
  final void stop() {
    Objects.requireNonNull(server, "server").close();
    Objects.requireNonNull(startup, "startup").close();
    Logs.keepOffConsole(false);
  }

  @TestFactory
  final Stream<DynamicNode> scenarios() {
    return groups().entrySet().stream()
        .map(e -> DynamicContainer.dynamicContainer("group " + e.getKey(), tests(e.getValue())));
  }

  private Stream<DynamicTest> tests(List<Scenario> scenarios) {
    ServerUnderTest subject = Objects.requireNonNull(server, "server");
    KitStartup application = Objects.requireNonNull(startup, "startup");
    return scenarios.stream()
        .flatMap(
            scenario ->
                scenario.writings().stream()
                    .map(w -> new Trial(subject, application, scenario, w))
                    .map(trial -> DynamicTest.dynamicTest(trial.name(), trial::run)));
  }
}
