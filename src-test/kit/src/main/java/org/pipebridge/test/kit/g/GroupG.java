package org.pipebridge.test.kit.g;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group G of the contract's scenarios: files, switches, pipeline, host. */
public final class GroupG {

  private GroupG() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios, in the order of the contract
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            FileRanges.scenarios(),
            FileTransfers.scenarios(),
            Switches.scenarios(),
            Pipelines.scenarios(),
            Mounts.scenarios(),
            Addresses.scenarios(),
            Stopping.scenarios(),
            Hosts.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
