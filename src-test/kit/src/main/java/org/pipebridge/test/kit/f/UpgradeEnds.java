package org.pipebridge.test.kit.f;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pipebridge.test.kit.f.Upgrading.asking;
import static org.pipebridge.test.kit.f.Upgrading.upgrade;
import static org.pipebridge.test.kit.f.Upgrading.upgraded;

import java.lang.System.Logger.Level;
import java.util.List;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K152 to K157: how an upgraded connection ends, and what is alive until then. */
final class UpgradeEnds {

  private UpgradeEnds() {}

  static List<Scenario> scenarios() {
    return List.of(k152(), k153(), k155(), k156(), k157());
  }

  private static Scenario k152() {
    return Scenario.named("K152", "u5_aHandlerThatFailsClosesTheConnection")
        .rules("U5", "E11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) ->
                upgrade(
                    context,
                    stream -> {
                      throw new IllegalArgumentException("as the scenario wants");
                    }))
        .check(
            probe -> {
              assertThat(upgraded(probe).untilClosed()).isEmpty();
              probe.logged(Level.ERROR, 1);
              if (probe.can(Capability.DISPOSAL)) {
                assertThat(probe.disposed()).contains("as the scenario wants");
              }
            });
  }

  private static Scenario k153() {
    return Scenario.named("K153", "u2_theHandlerRunsWhenTheApplicationIsDone")
        .rules("U2", "P4")
        .needs(Capability.UPGRADE)
        .behind(
            (app, run) ->
                app.use(
                    (context, next) -> {
                      try {
                        next.handle(context);
                      } finally {
                        run.record("finally");
                      }
                    }))
        .application(
            (context, run) ->
                upgrade(
                    context,
                    stream -> {
                      run.record("handler");
                      return Stages.completed();
                    }))
        .check(
            probe -> {
              assertThat(upgraded(probe).untilClosed()).isEmpty();
              assertThat(probe.facts(2)).containsExactly("finally", "handler");
              probe.loggedNothing();
            });
  }

  private static Scenario k155() {
    return Scenario.named("K155", "u5_anApplicationThatFailsGetsNo101")
        .rules("U5")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              context.response().headers().set("X-Own", "yes");
              upgrade(
                  context,
                  stream -> {
                    run.record("handler");
                    return Stages.completed();
                  });
              throw new IllegalArgumentException("as the scenario wants");
            })
        .check(
            probe -> {
              Connection connection = probe.send(asking(probe.get()));
              connection.answer().isEmpty500();
              connection.isClosed();
              assertThat(probe.facts()).isEmpty();
              probe.logged(Level.ERROR, 1);
            });
  }

  private static Scenario k156() {
    return Scenario.named("K156", "u7_abortClosesAtOnce")
        .rules("U7", "A2")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              HttpRequestLifetimeFeature lifetime =
                  context.features().require(HttpRequestLifetimeFeature.class);
              upgrade(
                  context,
                  stream -> {
                    var reading = Upgrading.echo(stream);
                    lifetime.abort();
                    run.attempt("read", () -> Stages.await(reading));
                    run.record("aborted", lifetime.isAborted());
                    return run.awaitAsync("go");
                  });
            })
        .check(
            probe -> {
              Connection connection = upgraded(probe);
              assertThat(connection.read()).isEqualTo(-1);
              assertThat(probe.facts(2))
                  .containsExactly("read=RequestAbortedException", "aborted=true");
              probe.signal("go");
              probe.loggedNothing();
            });
  }

  private static Scenario k157() {
    return Scenario.named("K157", "u8_theContextLivesUntilTheHandlerEnds")
        .rules("U7", "U8")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              context.items().put("key", "item");
              context.response().onCompleted(() -> run.record("completed"));
              upgrade(
                  context,
                  stream -> {
                    run.record("first", stream.input().read());
                    run.record("header", context.request().headers().first("X-Asked"));
                    run.record("path", context.request().path());
                    run.record("query", context.request().query().first("q"));
                    run.record("item", context.items().get("key"));
                    run.record("user", context.user());
                    return run.awaitAsync("go").thenRun(() -> run.record("end"));
                  });
            })
        .check(
            probe -> {
              Connection connection =
                  probe.send(
                      asking(probe.request("GET", "/where?q=what")).header("X-Asked", "asked"));
              Upgrading.head(connection);
              connection.write(new byte[] {7});
              probe.facts(6);
              probe.signal("go");
              assertThat(connection.read()).isEqualTo(-1);
              assertThat(probe.facts(8))
                  .containsExactly(
                      "first=7",
                      "header=asked",
                      "path=/where",
                      "query=what",
                      "item=item",
                      "user=null",
                      "end",
                      "completed");
              probe.loggedNothing();
            });
  }
}
