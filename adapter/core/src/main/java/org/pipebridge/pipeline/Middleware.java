package org.pipebridge.pipeline;

import org.pipebridge.http.HttpContext;

/**
 * Stands in a pipeline, in blocking code: it sees a request before and after what comes next.
 *
 * <p>One instance serves all requests (P1). ASP.NET Core: {@code IMiddleware}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Middleware {

  /**
   * Works on a request. Not calling {@code next} ends the request here (P6).
   *
   * @param context the request
   * @param next the rest of the pipeline; it returns when all of that is done, asynchronous work
   *     included, and throws what that failed with: the same object (P4)
   * @throws Exception if it fails
   */
  void handle(HttpContext context, Handler next) throws Exception;
}
