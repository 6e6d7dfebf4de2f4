package org.pipebridge.test.kit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pipebridge.test.PlainServer;

/** The kit against a server that keeps the rules, as long as its clients do. */
final class PlainServerConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return ServerUnderTest.listening("PlainServer", PlainServer::new);
  }

  @Override
  protected Map<String, List<Scenario>> groups() {
    return trusting(super.groups());
  }

  /** Leaves out the faults in the head of a request, for which that server does not look (Q7). */
  static Map<String, List<Scenario>> trusting(Map<String, List<Scenario>> all) {
    Map<String, List<Scenario>> groups = new TreeMap<>(all);
    groups.replaceAll(
        (name, group) -> group.stream().filter(s -> !s.rules().contains("Q7")).toList());
    return groups;
  }
}
