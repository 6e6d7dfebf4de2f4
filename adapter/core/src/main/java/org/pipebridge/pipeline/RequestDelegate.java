package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;

/**
 * Works on a request: the primitive that a pipeline is made of.
 *
 * <p>A stage that is already complete on return costs nothing (P8). ASP.NET Core: {@code
 * RequestDelegate}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RequestDelegate {

  /**
   * Works on a request.
   *
   * @param context the request
   * @return a stage that completes when the work is done; never null (P5)
   * @throws Exception if it fails at once; the same as a failed stage (P5)
   */
  CompletionStage<Void> invoke(HttpContext context) throws Exception;
}
