package org.pipebridge.internal;

import java.util.concurrent.CompletionStage;

/** Content of a response that wants to know of a whole part of a file before its first byte. */
public interface FileTarget {

  /**
   * Starts the response if need be, and refuses a part of a file that does not fit (R63).
   *
   * @param count how many bytes are to be written next, perhaps none
   * @return a stage that fails if they must not be
   */
  CompletionStage<Void> expect(long count);
}
