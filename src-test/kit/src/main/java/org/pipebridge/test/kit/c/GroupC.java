package org.pipebridge.test.kit.c;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group C of the contract's scenarios: failure and length. */
public final class GroupC {

  private GroupC() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            Failures.scenarios(),
            Lengths.scenarios(),
            Disconnects.scenarios(),
            Catching.scenarios(),
            WithoutBlocking.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
