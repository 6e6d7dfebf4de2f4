package org.pipebridge.feature;

import org.reactivestreams.tck.TestEnvironment;

/** How the TCK is run. */
final class Tck {

  private static final long SIGNAL_MILLIS = 20_000;
  private static final long SILENCE_MILLIS = 50;
  private static final long POLL_MILLIS = 50;

  private Tck() {}

  /** One that waits for signals as long as a busy machine may need, and not long for silence. */
  static TestEnvironment environment() {
    return new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS, POLL_MILLIS);
  }
}
