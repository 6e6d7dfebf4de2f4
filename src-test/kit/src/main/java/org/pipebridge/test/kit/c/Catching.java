package org.pipebridge.test.kit.c;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.AsyncMiddleware;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K68, K69, K71: failures as middleware sees and makes them. */
final class Catching {

  private Catching() {}

  static List<Scenario> scenarios() {
    return List.of(k68(), k69(), k71());
  }

  private static Scenario k68() {
    return Scenario.named("K68", "p7_middlewareMayAnswerForAFailure")
        .rules("P7")
        .behind((app, run) -> app.use(Catching::saySorry))
        .application(
            (context, run) -> {
              throw new UnsupportedOperationException("inner");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(503).hasText("sorry");
              probe.isKeptByHost(connection);
            });
  }

  private static void saySorry(HttpContext context, Handler next) throws Exception {
    try {
      next.handle(context);
    } catch (UnsupportedOperationException e) {
      context.response().setStatus(503);
      context.response().write("sorry");
    }
  }

  private static Scenario k69() {
    return Scenario.named("K69", "p4_middlewareCatchesTheVeryFailure")
        .rules("P4", "E8")
        .behind((app, run) -> app.use((context, next) -> compare(context, next, run)))
        .asyncApplication(
            (context, run) -> {
              IOException failure = new IOException("inner");
              context.items().put("failure", failure);
              return CompletableFuture.failedStage(failure);
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts()).containsExactly("the same=true");
            });
  }

  private static void compare(HttpContext context, Handler next, Run run) throws Exception {
    try {
      next.handle(context);
    } catch (IOException e) {
      run.record("the same", e == context.items().get("failure"));
    }
  }

  private static Scenario k71() {
    return Scenario.named("K71", "p5_middlewareThatGivesNoStageFails")
        .rules("P5")
        .behind((app, run) -> app.useAsync(new GivesNoStage()))
        .application((context, run) -> context.response().write("hello"))
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty500();
              probe.logged(Level.ERROR, 1);
              if (probe.can(Capability.DISPOSAL)) {
                assertThat(probe.disposed())
                    .startsWith("NullPointerException")
                    .contains(GivesNoStage.class.getName());
              }
            });
  }

  /** Breaks the rule that a stage is never null. */
  private static final class GivesNoStage implements AsyncMiddleware {
    @Override
    @SuppressWarnings("NullAway") // what is tested
    public CompletionStage<Void> invoke(HttpContext context, RequestDelegate next) {
      return null;
    }
  }
}
