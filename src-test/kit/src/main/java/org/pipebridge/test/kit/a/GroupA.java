package org.pipebridge.test.kit.a;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group A of the contract's scenarios: framing. */
public final class GroupA {

  private GroupA() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            EndOfContent.scenarios(),
            Buffering.scenarios(),
            NoContent.scenarios(),
            HeadRequests.scenarios(),
            HeaderLines.scenarios(),
            WithoutBlocking.scenarios(),
            Trailers.scenarios(),
            TrailerFaults.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
