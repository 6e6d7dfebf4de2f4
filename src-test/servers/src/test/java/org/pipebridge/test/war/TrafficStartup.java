package org.pipebridge.test.war;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;

/** Uses what could hold on to an application: threads, stages, callbacks, forms, sessions. */
public final class TrafficStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    CompletionStage<Void> stopping =
        app.serverFeatures().require(ApplicationLifetime.class).stopping();
    stopping.thenRun(executor::shutdownNow);
    app.use(
            (context, next) -> {
              context.response().onCompleted(() -> context.items().clear());
              context.items().put(TrafficStartup.class, this);
              next.handle(context);
            })
        .map("/sync", sync -> sync.run(context -> context.response().write("sync")))
        .map("/fail", fail -> fail.run(context -> Integer.parseInt("not a number")))
        .map(
            "/async",
            async ->
                async.runAsync(
                    context ->
                        CompletableFuture.runAsync(() -> {}, executor)
                            .thenCompose(done -> context.response().writeAsync("async"))))
        .map("/session", session -> session.run(context -> context.session().set("a", "b")))
        .map("/form", form -> form.run(this::echoLength))
        .map("/stream", stream -> stream.runAsync(context -> waitFor(stopping, context)));
  }

  /** Starts the response, so that the client knows that the request is under way. */
  private static CompletionStage<Void> waitFor(
      CompletionStage<Void> stopping, HttpContext context) {
    return context.response().flushAsync().thenCompose(flushed -> stopping);
  }

  private void echoLength(HttpContext context) throws Exception {
    context.response().write("" + context.request().form().files().get(0).length());
  }
}
