package org.pipebridge.test.kit;

import java.time.Duration;

/**
 * How long the kit waits unless a {@link ServerUnderTest#patience() server} says something else.
 */
final class Patience {

  /** In seconds, by the system property {@code pipebridge.kit.patience}. */
  static final Duration DEFAULT = Duration.ofSeconds(Long.getLong("pipebridge.kit.patience", 20));

  private Patience() {}
}
