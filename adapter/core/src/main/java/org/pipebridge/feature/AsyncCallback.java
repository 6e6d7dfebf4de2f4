package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * Work that runs at a fixed point of a response's life and may end later, on another thread.
 *
 * <p>ASP.NET Core: {@code Func<Task>}, as taken by {@code HttpResponse.OnStarting}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AsyncCallback {

  /**
   * Runs the callback.
   *
   * @return a stage that completes when the callback is done; never null
   * @throws Exception if the callback fails at once; the same as a failed stage (P5)
   */
  CompletionStage<Void> run() throws Exception;
}
