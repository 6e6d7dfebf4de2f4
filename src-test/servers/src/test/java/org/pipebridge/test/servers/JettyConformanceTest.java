package org.pipebridge.test.servers;

import org.pipebridge.jetty.JettyServer;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the project's own host. */
final class JettyConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return ServerUnderTest.hosting("JettyServer", JettyServer::new);
  }
}
