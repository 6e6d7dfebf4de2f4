package org.pipebridge.http;

/**
 * Work that runs at a fixed point of a response's life, in blocking code.
 *
 * <p>ASP.NET Core: the callback of {@code HttpResponse.OnStarting}.
 *
 * @see org.pipebridge.feature.AsyncCallback
 * @since 0.1
 */
@FunctionalInterface
public interface Callback {

  /**
   * Runs the callback.
   *
   * @throws Exception if it fails (R5, R7)
   */
  void run() throws Exception;
}
