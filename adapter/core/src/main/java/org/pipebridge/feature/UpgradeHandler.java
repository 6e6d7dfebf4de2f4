package org.pipebridge.feature;

import java.util.concurrent.CompletionStage;

/**
 * Uses a connection after an upgrade (U2, U7).
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UpgradeHandler {

  /**
   * Runs on the upgraded connection, which is flushed and closed when the stage ends; if it fails,
   * it is closed only (U5). The context of the request lives until then (U8): its headers, user and
   * items can be read, but not what is the container's own.
   *
   * @param stream the connection
   * @return a stage that completes when the handler is done
   * @throws Exception if it fails at once; the same as a failed stage
   */
  CompletionStage<Void> run(DuplexStream stream) throws Exception;
}
