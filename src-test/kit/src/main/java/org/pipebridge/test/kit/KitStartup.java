package org.pipebridge.test.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.ApplicationLifetime;
import org.pipebridge.server.Server;

/**
 * The application that holds the applications of all scenarios: one server, or one WAR, serves them
 * all.
 *
 * <p>A request picks one by the header {@code X-Scenario: <key>:<writing>:<run>}, so that its
 * target is free for what the scenario needs. {@code X-Scenario: ping} is answered by the kit, and
 * {@code X-Scenario: offers} by the {@link Capability capabilities} that only some servers have.
 * {@code X-Scenario-Signal: <run>/<name>} gives a signal to a run, {@code X-Scenario-Report: <run>}
 * asks what it has written down. What has none of these goes on to the end of the pipeline.
 */
public final class KitStartup implements Startup, AutoCloseable {

  static final String SCENARIO = "X-Scenario";
  static final String SIGNAL = "X-Scenario-Signal";
  static final String REPORT = "X-Scenario-Report";

  /** The scenario that tells what the server has that not every server has. */
  static final String OFFERS = "offers";

  private final Map<String, Scenario> scenarios;
  private final Map<String, Entry> runs = new ConcurrentHashMap<>();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "kit-application");
            thread.setDaemon(true);
            return thread;
          });

  /** Holds every scenario of the {@link Catalogue}. */
  public KitStartup() {
    this(Catalogue.all());
  }

  /**
   * Holds some scenarios.
   *
   * @param scenarios the scenarios
   */
  public KitStartup(List<Scenario> scenarios) {
    this.scenarios =
        scenarios.stream().collect(Collectors.toMap(Scenario::key, Function.identity()));
  }

  @Override
  public void configure(ApplicationBuilder app) {
    ApplicationLifetime lifetime = app.serverFeatures().get(ApplicationLifetime.class);
    if (lifetime != null) {
      lifetime.stopped().thenRun(this::close);
    }
    app.useAsync(
        (context, next) -> {
          RequestDelegate delegate = pick(context, app);
          return (delegate == null ? next : delegate).invoke(context);
        });
  }

  /**
   * Starts a server with this application, so that the kit sees the end of each request ({@link
   * Capability#DISPOSAL}).
   *
   * @param server a server that was not started
   * @throws IOException if the server does not start
   */
  public void startOn(Server server) throws IOException {
    server.start(new KitApplication(this, new ApplicationBuilder(server.features())));
  }

  /** Ends the threads of the scenarios. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** The run that a request belongs to; one that is not known yet is made. */
  @Nullable Run run(HttpRequestFeature request) {
    Entry entry = entry(request);
    return entry == null ? null : entry.run;
  }

  void give(String run, String signal) {
    runs.computeIfAbsent(run, r -> new Entry()).run.give(signal);
  }

  List<String> timeline(String run) {
    Entry entry = runs.get(run);
    return entry == null ? List.of() : entry.run.timeline();
  }

  private @Nullable Entry entry(HttpRequestFeature request) {
    String header = request.headers().first(SCENARIO);
    String[] parts = header == null ? new String[0] : header.split(":");
    return parts.length == 3 ? runs.computeIfAbsent(parts[2], r -> new Entry()) : null;
  }

  private @Nullable RequestDelegate pick(HttpContext context, ApplicationBuilder app)
      throws Exception {
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    String header = request.headers().first(SCENARIO);
    String signal = request.headers().first(SIGNAL);
    String report = request.headers().first(REPORT);
    if (signal != null) {
      String[] parts = signal.split("/", 2);
      give(parts[0], parts[1]);
      return c -> say(c, "");
    } else if (report != null) {
      return c -> say(c, String.join("\n", timeline(report)));
    } else if (header == null) {
      return null;
    } else if (header.equals("ping")) {
      return c -> say(c, "pong");
    } else if (header.equals(OFFERS)) {
      boolean upgrades = context.features().get(HttpUpgradeFeature.class) != null;
      return c -> say(c, upgrades ? Capability.UPGRADE.name() : "");
    }
    return delegate(header, request, app);
  }

  private RequestDelegate delegate(
      String header, HttpRequestFeature request, ApplicationBuilder app) throws Exception {
    Entry entry = entry(request);
    String[] parts = header.split(":");
    Scenario scenario = scenarios.get(parts[0]);
    if (entry == null || scenario == null) {
      throw new IllegalArgumentException("no scenario \"" + header + "\"");
    }
    return entry.delegate(scenario, Writing.valueOf(parts[1]), app, executor);
  }

  private static CompletionStage<Void> say(HttpContext context, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    HttpResponseFeature response = context.features().require(HttpResponseFeature.class);
    response.headers().setContentLength(bytes.length);
    context.features().require(HttpResponseBodyFeature.class).stream().write(bytes);
    return Stages.completed();
  }

  /** A run and the pipeline built for it. */
  private static final class Entry {

    private final Run run = new Run();
    private final CompletableFuture<RequestDelegate> built = new CompletableFuture<>();
    private boolean building;

    RequestDelegate delegate(
        Scenario scenario, Writing writing, ApplicationBuilder app, ExecutorService executor)
        throws Exception {
      if (first()) {
        try {
          ApplicationBuilder branch = app.newBuilder();
          scenario.configure(branch, run, writing, executor);
          built.complete(branch.build());
        } catch (Exception | Error e) {
          built.completeExceptionally(e);
        }
      }
      Stages.await(built);
      return built.join();
    }

    private synchronized boolean first() {
      boolean first = !building;
      building = true;
      return first;
    }
  }
}
