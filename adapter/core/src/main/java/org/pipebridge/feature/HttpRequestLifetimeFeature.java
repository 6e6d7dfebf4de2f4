package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * Tells when a request is aborted, and aborts it (F24).
 *
 * <p>Safe from any thread, also when the request is over (C12). ASP.NET Core: {@code
 * IHttpRequestLifetimeFeature}.
 *
 * @since 0.1
 */
public interface HttpRequestLifetimeFeature {

  /**
   * Returns a stage that completes, normally, when the request is aborted, and never otherwise (A3,
   * A4). Its dependents run on a thread that holds no lock of the server's.
   *
   * @return the stage
   */
  CompletionStage<Void> aborted();

  /**
   * Tells whether the request was aborted.
   *
   * @return true from the abort on
   */
  boolean isAborted();

  /** Aborts the request: breaks the connection or stream (A1). Again, or after the end: nothing. */
  void abort();
}
