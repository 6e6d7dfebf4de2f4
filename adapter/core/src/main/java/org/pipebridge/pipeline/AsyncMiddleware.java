package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;

/**
 * Stands in a pipeline, in asynchronous code.
 *
 * <p>ASP.NET Core: {@code Func<HttpContext, RequestDelegate, Task>}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AsyncMiddleware {

  /**
   * Works on a request. Not calling {@code next} ends the request here (P6).
   *
   * @param context the request
   * @param next the rest of the pipeline
   * @return a stage that completes when this middleware, and what it called, is done; never null
   *     (P5)
   * @throws Exception if it fails at once; the same as a failed stage (P5)
   */
  CompletionStage<Void> invoke(HttpContext context, RequestDelegate next) throws Exception;
}
