package org.pipebridge.pipeline;

import org.pipebridge.http.HttpContext;

/**
 * Works on a request in blocking code, which is what most people write.
 *
 * <p>ASP.NET Core: a {@code RequestDelegate} that awaits nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Handler {

  /**
   * Works on a request and returns when it is done.
   *
   * @param context the request
   * @throws Exception if it fails
   */
  void handle(HttpContext context) throws Exception;
}
