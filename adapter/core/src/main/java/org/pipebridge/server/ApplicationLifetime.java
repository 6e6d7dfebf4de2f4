package org.pipebridge.server;

import java.util.concurrent.CompletionStage;

/**
 * The life of an application, for those who want to know of it or end it (F52, S40 to S42).
 *
 * <p>Safe from any thread. ASP.NET Core: {@code IHostApplicationLifetime}.
 *
 * @since 0.1
 */
public interface ApplicationLifetime {

  /**
   * Returns a stage that completes when the server answers requests.
   *
   * @return the stage
   */
  CompletionStage<Void> started();

  /**
   * Returns a stage that completes when the application is asked to stop, before the server is.
   * Long polls and event streams end themselves with it (W8).
   *
   * <p>What is registered on it stays until the application stops. A request registers with {@code
   * stopping().runAfterEither(itsOwnEnd, ..)}, which is forgotten at its own end, or looks now and
   * then.
   *
   * @return the stage
   */
  CompletionStage<Void> stopping();

  /**
   * Returns a stage that completes when the server has stopped.
   *
   * @return the stage
   */
  CompletionStage<Void> stopped();

  /** Asks the application to stop and returns at once (S42). Again: nothing. */
  void stopApplication();
}
