package org.pipebridge.test.war;

import java.util.concurrent.CompletionStage;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;

/** A stream of one event that stays open until the application stops. */
public final class StreamStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    CompletionStage<Void> stopping =
        app.serverFeatures().require(ApplicationLifetime.class).stopping();
    app.runAsync(
        context -> {
          context.response().setContentType("text/event-stream");
          return context
              .response()
              .writeAsync("data: first\n\n")
              .thenCompose(written -> context.response().flushAsync())
              .thenCompose(flushed -> stopping)
              .thenCompose(stopped -> context.response().writeAsync("data: last\n\n"));
        });
  }
}
