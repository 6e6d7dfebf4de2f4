package org.pipebridge.hosting;

import org.pipebridge.pipeline.ApplicationBuilder;

/**
 * An application: the same class for every way of running it.
 *
 * <p>In a WAR it is found with {@link java.util.ServiceLoader} (W1). ASP.NET Core: {@code Startup}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Startup {

  /**
   * Builds the pipeline.
   *
   * @param app what to add to
   * @throws Exception if the application cannot be built; then nothing listens (S40), and the
   *     deployment fails (W2)
   */
  void configure(ApplicationBuilder app) throws Exception;
}
