package org.pipebridge.test.servers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;

/** The kit against the servlet in an embedded Undertow, over HTTP/2. */
final class UndertowHttp2ConformanceTest extends ServerConformance {

  /** A container does not show whether the head ended a stream; Undertow resets a bad query's. */
  private static final Set<String> BEYOND_THE_CONTAINER =
      Set.of(
          "K95.f29_whetherContentMayComeIsKnownAtOnce",
          "K95.q6_aPostWithoutLengthHasNoContent",
          "K104.v25_whatCannotBeDecodedStays");

  @Override
  protected ServerUnderTest server() {
    return new OverHttp2(new EmbeddedUndertow());
  }

  @Override
  protected Map<String, List<Scenario>> groups() {
    return Http2Scenarios.groupsWithout(BEYOND_THE_CONTAINER);
  }
}
