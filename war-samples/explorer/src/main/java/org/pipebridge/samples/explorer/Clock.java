package org.pipebridge.samples.explorer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;

/**
 * Tells the time each second, as server-sent events, until the client leaves or the application
 * stops.
 *
 * <p>Content is written without blocking, so that a client that does not read holds up neither the
 * timer nor the other clocks.
 */
final class Clock implements RequestDelegate {

  private final ApplicationTimer timer;

  Clock(ApplicationTimer timer) {
    this.timer = timer;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) {
    HttpBodyControlFeature control = context.features().get(HttpBodyControlFeature.class);
    if (control != null) {
      control.setAllowSynchronousIo(false);
    }
    Page.setHeaders(context.response());
    // what a browser opens as a page it would rather save than show as events
    boolean page = Facts.asksFor(context, "text/html");
    context.response().setContentType(page ? "text/plain; charset=utf-8" : "text/event-stream");
    context.response().disableBuffering();
    if (context.request().method().equals("HEAD")) {
      return CompletableFuture.completedFuture(null);
    }
    return new ClockStream(context, timer).run();
  }
}
