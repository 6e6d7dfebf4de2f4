package org.pipebridge.test.kit.b;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group B of the contract's scenarios: start and callbacks. */
public final class GroupB {

  private GroupB() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios
   */
  public static List<Scenario> scenarios() {
    return Stream.of(Started.scenarios(), OnStarting.scenarios(), OnCompleted.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
