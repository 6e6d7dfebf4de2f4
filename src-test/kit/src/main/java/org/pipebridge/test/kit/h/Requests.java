package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K194, K206: methods as sent, and many requests at a time. */
final class Requests {

  private static final int CLIENTS = 200;

  private Requests() {}

  static List<Scenario> scenarios() {
    return List.of(k194("PATCH"), k194("PROPFIND"), k194("foo"), k206());
  }

  private static Scenario k194(String method) {
    return Scenario.named("K194", "w7_theMethod" + method + "ArrivesAsSent")
        .rules("W7", "Q1")
        .application((context, run) -> context.response().write(context.request().method()))
        .check(
            probe -> {
              Connection connection = probe.send(probe.request(method, "/"));
              connection.answer().hasStatus(200).hasText(method);
              connection.isKept();
            });
  }

  private static Scenario k206() {
    return Scenario.named("K206", "p9_blockingAroundAsyncAroundBlockingEnds")
        .rules("P9", "P4")
        .pipeline(Requests::mix)
        .check(
            probe -> {
              List<Connection> clients = new ArrayList<>();
              for (int i = 0; i < CLIENTS; i++) {
                clients.add(probe.send(probe.request("GET", "/" + i)));
              }
              for (int i = 0; i < CLIENTS; i++) {
                clients.get(i).answer().hasStatus(200).hasText("/" + i);
              }
              assertThat(probe.facts()).hasSize(CLIENTS).containsOnly("after");
            });
  }

  private static void mix(ApplicationBuilder app, Run run) {
    app.use(
        (context, next) -> {
          next.handle(context);
          run.record("after");
        });
    app.useAsync(
        (context, next) ->
            CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS))
                .thenCompose(
                    ignored -> {
                      try {
                        return next.invoke(context);
                      } catch (Exception e) {
                        return CompletableFuture.failedStage(e);
                      }
                    }));
    app.use((context, next) -> next.handle(context));
    app.run(context -> context.response().write(context.request().path()));
  }
}
