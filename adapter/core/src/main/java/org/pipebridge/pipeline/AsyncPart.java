package org.pipebridge.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;

/**
 * Runs an asynchronous middleware.
 *
 * <p>The {@code next} it gives never throws: what downstream throws at once comes as a failed stage
 * (P5), so that dependents of that stage are a middleware's only place for what runs after it.
 */
final class AsyncPart implements RequestDelegate {

  private final AsyncMiddleware middleware;
  private final RequestDelegate next;

  AsyncPart(AsyncMiddleware middleware, RequestDelegate next) {
    this.middleware = middleware;
    this.next = context -> stageOf(next, context);
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    return Terminal.requireStage(middleware.invoke(context, next), middleware);
  }

  private static CompletionStage<Void> stageOf(RequestDelegate next, HttpContext context) {
    try {
      return next.invoke(context);
    } catch (Throwable e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
