package org.pipebridge.test.kit.h;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group H of the contract's scenarios: features, servlet, WAR, filter, end of life. */
public final class GroupH {

  private GroupH() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios, in the order of the contract
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            RequestFeatures.scenarios(),
            Views.scenarios(),
            Requests.scenarios(),
            Leaks.scenarios(),
            NonBlocking.scenarios(),
            Hints.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
