package org.pipebridge.test.servers;

import java.util.List;
import java.util.Map;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the project's own host, over HTTP/2. */
final class JettyHttp2ConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return new OverHttp2(ServerUnderTest.hosting("JettyServer", JettyServer::new));
  }

  @Override
  protected Map<String, List<Scenario>> groups() {
    return Http2Scenarios.groups();
  }
}
