package org.pipebridge.test.kit.e;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group E of the contract's scenarios: request body. */
public final class GroupE {

  private GroupE() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            ToTheEnd.scenarios(),
            BrokenContent.scenarios(),
            RequestTrailers.scenarios(),
            Unread.scenarios(),
            Packets.scenarios(),
            MayUpgrade.scenarios(),
            SizeLimits.scenarios(),
            Modes.scenarios(),
            Buffered.scenarios(),
            Forms.scenarios(),
            BothWays.scenarios(),
            NonBlocking.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
