package org.pipebridge.server;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;

/**
 * What a server runs on each request.
 *
 * <p>For each request: {@link #createContext} once, then {@link #process} once, then {@link
 * #disposeContext} exactly once (S3). ASP.NET Core: {@code IHttpApplication<TContext>}.
 *
 * @param <C> what stands for one request, an {@link org.pipebridge.http.HttpContext} as a rule
 * @since 0.1
 */
public interface HttpApplication<C> {

  /**
   * Makes what stands for a request.
   *
   * @param features the features of the request, which can be changed
   * @return the context
   */
  C createContext(FeatureCollection features);

  /**
   * Runs the application.
   *
   * @param context what {@link #createContext} gave
   * @return a stage that completes when the application is done
   * @throws Exception if it fails at once; the same as a failed stage
   */
  CompletionStage<Void> process(C context) throws Exception;

  /**
   * Ends a request, after the response was sent or has failed (R6 step 8).
   *
   * @param context what {@link #createContext} gave
   * @param failure what the request failed with, unwrapped, with further failures as suppressed
   *     ones (E8, E9); null if it did not fail or only the client went away (E12)
   */
  void disposeContext(C context, @Nullable Throwable failure);
}
