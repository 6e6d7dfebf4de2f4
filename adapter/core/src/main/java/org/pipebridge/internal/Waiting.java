package org.pipebridge.internal;

import java.util.concurrent.CompletionStage;

/**
 * How a blocking part waits for what is downstream, where that may need the very thread that waits
 * (P9): a feature of such servers.
 */
@FunctionalInterface
public interface Waiting {

  /**
   * Waits for a stage, through interrupts, and does meanwhile what must be done on this thread.
   *
   * @param stage the stage
   * @throws Exception what the stage failed with: the same object, unwrapped (P4)
   */
  void await(CompletionStage<?> stage) throws Exception;
}
