package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.pipebridge.server.Server;

/** One run of a scenario, as its client's part sees it: connections, facts, signals and logs. */
public final class Probe implements AutoCloseable {

  private static final String CREATED = "~create";
  private static final String DISPOSED = "~dispose=";

  private final ServerUnderTest server;
  private final Duration deadline;
  private final Set<Capability> capabilities;
  private final Control control;
  private final String run;
  private final String scenario;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final @Nullable Logs logs;
  private boolean ended;

  Probe(
      ServerUnderTest server,
      Control control,
      Scenario scenario,
      Writing writing,
      String run,
      Duration deadline) {
    this.server = server;
    this.deadline = deadline;
    this.capabilities = server.capabilities();
    this.control = control;
    this.run = run;
    this.scenario = scenario.key() + ":" + writing + ":" + run;
    this.logs = capabilities.contains(Capability.LOGS) ? new Logs() : null;
  }

  /**
   * Tells whether something can be checked on this server. What needs it throughout says so with
   * {@link Scenario.Builder#needs}.
   *
   * @param capability what is asked for
   * @return whether it can
   */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  /**
   * Ends the scenario as not applicable unless something is here that it needs, and that is no
   * {@link Capability}.
   *
   * @param isHere whether it is
   * @param what its name, for the report
   */
  public void needs(boolean isHere, String what) {
    if (!isHere) {
      throw new TestAbortedException("n.a. on " + server.name() + ": needs " + what);
    }
  }

  /**
   * Makes a request to this scenario's application.
   *
   * @param method the method
   * @param path the path below the mount point, and perhaps a query
   * @return the request
   */
  public Request request(String method, String path) {
    return server.request(method, path).header(KitStartup.SCENARIO, scenario);
  }

  /**
   * Makes a GET to this scenario's application.
   *
   * @return the request
   */
  public Request get() {
    return request("GET", "/");
  }

  /**
   * Opens a connection, which is closed at the end of the scenario.
   *
   * @return the connection
   */
  public Connection connect() {
    Connection connection = server.connect();
    connections.add(connection);
    return connection;
  }

  /**
   * Opens a connection over a socket; for scenarios that need {@link Capability#BYTES}.
   *
   * @return the connection
   */
  public RawConnection socket() {
    return (RawConnection) connect();
  }

  /**
   * Opens a connection and sends a request.
   *
   * @param request the request
   * @return the connection
   */
  public Connection send(Request request) {
    Connection connection = connect();
    connection.send(request);
    return connection;
  }

  /**
   * Sends a request on a connection of its own and waits for the answer.
   *
   * @param request the request
   * @return the answer
   */
  public Answer ask(Request request) {
    return send(request).answer();
  }

  /**
   * Checks that a connection is kept, where the server owns its container: many containers close
   * after a 500.
   *
   * @param connection the connection
   */
  public void isKeptByHost(Connection connection) {
    if (can(Capability.HOST)) {
      connection.isKept();
    }
  }

  /**
   * Checks that a connection is closed, where the server owns its container and it is one that
   * {@linkplain Connection#endsWithAnswers() ends with answers}.
   *
   * @param connection the connection
   */
  public void isClosedByHost(Connection connection) {
    if (can(Capability.HOST) && connection.endsWithAnswers()) {
      connection.isClosed();
    }
  }

  /**
   * Gives a signal that the application waits for.
   *
   * @param signal its name
   */
  public void signal(String signal) {
    control.give(run, signal);
  }

  /**
   * Returns what the application has written down.
   *
   * @return the facts, in order
   */
  public List<String> facts() {
    return control.timeline(run).stream().filter(f -> !f.startsWith("~")).toList();
  }

  /**
   * Waits until the application has written down so many facts.
   *
   * @param count how many
   * @return the facts, in order
   */
  public List<String> facts(int count) {
    await(count + " facts", () -> facts().size() >= count);
    return facts();
  }

  /**
   * Returns the facts together with the steps {@code ~create}, {@code ~process} and {@code
   * ~dispose=failure} of each request, when so many requests were disposed; for scenarios that need
   * {@link Capability#DISPOSAL}.
   *
   * @param requests how many
   * @return facts and steps, in order
   */
  public List<String> timeline(int requests) {
    await(requests + " disposed requests", () -> disposals().size() >= requests);
    return control.timeline(run);
  }

  /**
   * Waits until a request is disposed and tells what it failed with; for scenarios that need {@link
   * Capability#DISPOSAL}.
   *
   * @return {@code none}, or class and message of the failure and of its suppressed ones
   */
  public String disposed() {
    timeline(1);
    return disposals().get(0);
  }

  /**
   * Checks how much was logged at a level, when the request is over; n.a. out of process.
   *
   * @param level the level
   * @param count how many records of exactly that level
   */
  public void logged(Level level, int count) {
    Logs captured = logs;
    if (captured != null) {
      await(count + " records of " + level, () -> captured.of(level).size() >= count);
      over();
      assertThat(captured.of(level)).as("records of %s in\n%s", level, captured).hasSize(count);
    }
  }

  /** Checks, when the request is over, that nothing above DEBUG was logged; n.a. out of process. */
  public void loggedNothing() {
    if (logs != null) {
      over();
      assertThat(logs.aboveDebug()).as("records above DEBUG in\n%s", logs).isEmpty();
    }
  }

  /**
   * Makes another server of the kind; for scenarios that need {@link Capability#NEW_SERVER}.
   *
   * @return a server that was not started; the scenario closes it
   */
  public Server newServer() {
    return server.newServer();
  }

  /**
   * Opens a connection to a server of {@link #newServer()}, which is closed at the end of the
   * scenario; it cannot check {@link Connection#isKept()}.
   *
   * @param started the server, started by the scenario
   * @return the connection
   */
  public Connection connect(Server started) {
    Connection connection = server.connect(started);
    connections.add(connection);
    return connection;
  }

  /**
   * Waits for a condition.
   *
   * @param what its name, for the report
   * @param condition the condition
   */
  public void await(String what, BooleanSupplier condition) {
    if (!becomesTrue(condition)) {
      throw new AssertionError("not within " + deadline + ": " + what);
    }
  }

  private boolean becomesTrue(BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(2_000_000);
    }
    return true;
  }

  /** Closes all connections, and checks that no request goes on without them (S3). */
  void end() {
    if (!endsInTime()) {
      throw new AssertionError("a request goes on for " + deadline + " without its client");
    }
  }

  private boolean endsInTime() {
    ended = true;
    connections.forEach(Connection::close);
    return !can(Capability.DISPOSAL) || becomesTrue(this::areAllOver);
  }

  /** Ends a run that has failed, too: no request of it is to log into the next one. */
  @Override
  public void close() {
    try {
      if (!ended) {
        endsInTime();
      }
    } finally {
      if (logs != null) {
        logs.close();
      }
    }
  }

  private void over() {
    if (can(Capability.DISPOSAL)) {
      await("the end of all requests", () -> !disposals().isEmpty() && areAllOver());
    }
  }

  private boolean areAllOver() {
    List<String> steps = control.timeline(run);
    long created = steps.stream().filter(CREATED::equals).count();
    return created == steps.stream().filter(step -> step.startsWith(DISPOSED)).count();
  }

  private List<String> disposals() {
    return control.timeline(run).stream()
        .filter(f -> f.startsWith(DISPOSED))
        .map(f -> f.substring(DISPOSED.length()))
        .toList();
  }

  /** All that was seen, for the report of a failure. */
  String seen() {
    StringBuilder text = new StringBuilder();
    connections.forEach(c -> text.append("\n--- connection").append(c.seen()));
    text.append("\n--- application\n").append(String.join("\n", control.timeline(run)));
    return text.append("\n--- logged\n").append(logs == null ? "n.a." : logs).toString();
  }
}
