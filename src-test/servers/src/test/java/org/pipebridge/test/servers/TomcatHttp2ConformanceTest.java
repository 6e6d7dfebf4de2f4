package org.pipebridge.test.servers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the servlet in an embedded Tomcat, over HTTP/2. */
final class TomcatHttp2ConformanceTest extends ServerConformance {

  /** A container does not show whether the head ended a stream, and Tomcat takes headers away. */
  private static final Set<String> BEYOND_THE_CONTAINER =
      Set.of(
          "K15.r26_anAnswerOf205HasNoContent",
          "K95.f29_whetherContentMayComeIsKnownAtOnce",
          "K95.q6_aPostWithoutLengthHasNoContent",
          "K99.v29_aHostIsShownInUnicode");

  @Override
  protected ServerUnderTest server() {
    return new OverHttp2(new EmbeddedTomcat());
  }

  @Override
  protected Map<String, List<Scenario>> groups() {
    return Http2Scenarios.groupsWithout(BEYOND_THE_CONTAINER);
  }
}
