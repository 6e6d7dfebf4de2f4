package org.pipebridge.jetty;

/**
 * Whether requests run on virtual threads.
 *
 * @since 0.1
 */
public enum VirtualThreads {
  /** Where the JVM has them. */
  AUTO,
  /** Always; a JVM without them cannot start the server. */
  ON,
  /** Never. */
  OFF
}
