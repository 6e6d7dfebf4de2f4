package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Scenario;

/** K165, K169, K170: order, conditions and the end of a pipeline. */
final class Pipelines {

  private Pipelines() {}

  static List<Scenario> scenarios() {
    return List.of(k165(), k169UseWhen(), k169MapWhen(), k170(), k170Properties());
  }

  private static Scenario k165() {
    return Scenario.named("K165", "p2_theEndOfAPipelineIsANotFound")
        .rules("P2")
        .pipeline((app, run) -> {})
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(404);
              probe.isKeptByHost(connection);
            });
  }

  private static boolean isPicked(HttpContext context) {
    return context.request().path().startsWith("/picked");
  }

  private static Scenario k169UseWhen() {
    return Scenario.named("K169", "p11_useWhenRejoins")
        .rules("P11")
        .pipeline(
            (app, run) -> {
              app.useWhen(
                  Pipelines::isPicked,
                  branch ->
                      branch.use(
                          (context, next) -> {
                            run.record("branch");
                            next.handle(context);
                          }));
              app.run(context -> run.record("main"));
            })
        .check(probe -> check(probe, 200, "branch", "main", "main"));
  }

  private static Scenario k169MapWhen() {
    return Scenario.named("K169", "p11_mapWhenDoesNotRejoin")
        .rules("P11")
        .pipeline(
            (app, run) -> {
              app.mapWhen(
                  Pipelines::isPicked,
                  branch ->
                      branch.use(
                          (context, next) -> {
                            run.record("branch");
                            next.handle(context);
                          }));
              app.run(context -> run.record("main"));
            })
        .check(probe -> check(probe, 404, "branch", "main"));
  }

  private static void check(Probe probe, int picked, String... facts) {
    probe.ask(probe.request("GET", "/picked/x")).isEmpty(picked);
    probe.ask(probe.request("GET", "/other")).isEmpty(200);
    assertThat(probe.facts()).containsExactly(facts);
  }

  private static Scenario k170() {
    return Scenario.named("K170", "p1_whatIsFirstSeesTheRequestFirst")
        .rules("P1", "P3", "P4")
        .pipeline(
            (app, run) -> {
              app.use(
                  (context, next) -> {
                    run.record("1 in");
                    next.handle(context);
                    run.record("1 out");
                  });
              app.useAsync(
                  (context, next) -> {
                    run.record("2 in");
                    return next.invoke(context).thenRun(() -> run.record("2 out"));
                  });
              app.use(
                  (context, next) -> {
                    run.record("3 in");
                    next.handle(context);
                    run.record("3 out");
                  });
              app.runAsync(
                  context -> {
                    run.record("end");
                    return run.awaitAsync("go");
                  });
              app.run(context -> run.record("never"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              probe.facts(4);
              probe.signal("go");
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("1 in", "2 in", "3 in", "end", "3 out", "2 out", "1 out");
            });
  }

  private static Scenario k170Properties() {
    return Scenario.named("K170", "p13_aChildBuilderHasPropertiesOfItsOwn")
        .rules("P13", "P1")
        .pipeline(
            (app, run) -> {
              app.properties().put("kit", "parent");
              ApplicationBuilder child = app.newBuilder();
              run.record("seen", child.properties().get("kit"));
              child.properties().put("kit", "child");
              run.record("parent", app.properties().get("kit"));
              run.record("same server", child.serverFeatures() == app.serverFeatures());
              app.runAsync(context -> Stages.completed());
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("seen=parent", "parent=parent", "same server=true");
            });
  }
}
