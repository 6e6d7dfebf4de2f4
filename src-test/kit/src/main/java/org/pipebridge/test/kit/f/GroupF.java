package org.pipebridge.test.kit.f;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group F of the contract's scenarios: abort, upgrade. */
public final class GroupF {

  private GroupF() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios, in the order of the contract
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            Aborts.scenarios(),
            Departures.scenarios(),
            Upgrades.scenarios(),
            UpgradeEnds.scenarios(),
            WebSockets.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
