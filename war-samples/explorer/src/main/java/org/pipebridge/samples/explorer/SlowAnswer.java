package org.pipebridge.samples.explorer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;

/**
 * A page that grows by a line each second and holds no thread in between.
 *
 * <p>It ends early when the application stops.
 */
final class SlowAnswer implements RequestDelegate {

  private static final int DEFAULT_SECONDS = 5;
  private static final int MOST_SECONDS = 30;

  private final ApplicationTimer timer;

  SlowAnswer(ApplicationTimer timer) {
    this.timer = timer;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) {
    int seconds = seconds(context.request().query().first("seconds"));
    Page.setHeaders(context.response());
    context.response().disableBuffering();
    String first = Page.begin(context, "Slow answer") + "<h1>Slow answer</h1>\n<ol>\n";
    return context
        .response()
        .writeAsync(first)
        .thenCompose(written -> line(context, 1, seconds))
        .thenCompose(written -> context.response().writeAsync("</ol>\n" + Page.end(context)));
  }

  private CompletionStage<Void> line(HttpContext context, int second, int seconds) {
    if (second > seconds) {
      return CompletableFuture.completedFuture(null);
    }
    return timer.pause(Duration.ofSeconds(1)).thenCompose(over -> write(context, second, seconds));
  }

  private CompletionStage<Void> write(HttpContext context, int second, int seconds) {
    if (timer.isStopped()) {
      return CompletableFuture.completedFuture(null);
    }
    return context
        .response()
        .writeAsync("<li>second " + second + "</li>\n")
        .thenCompose(written -> line(context, second + 1, seconds));
  }

  private static int seconds(@Nullable String asked) {
    if (asked == null || !asked.matches("[0-9]{1,4}")) {
      return DEFAULT_SECONDS;
    }
    return Math.max(1, Math.min(Integer.parseInt(asked), MOST_SECONDS));
  }
}
