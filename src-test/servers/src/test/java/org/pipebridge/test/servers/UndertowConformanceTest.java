package org.pipebridge.test.servers;

import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the servlet in an embedded Undertow. */
final class UndertowConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return new EmbeddedUndertow();
  }
}
