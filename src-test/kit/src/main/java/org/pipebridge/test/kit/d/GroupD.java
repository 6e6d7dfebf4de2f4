package org.pipebridge.test.kit.d;

import java.util.List;
import java.util.stream.Stream;
import org.pipebridge.test.kit.Scenario;

/** Group D of the contract's scenarios: target, path, headers. */
public final class GroupD {

  private GroupD() {}

  /**
   * Returns the scenarios of this group.
   *
   * @return the scenarios
   */
  public static List<Scenario> scenarios() {
    return Stream.of(
            Paths.scenarios(),
            MalformedHeads.scenarios(),
            TargetForms.scenarios(),
            RequestHeads.scenarios(),
            Identity.scenarios(),
            Version6.scenarios(),
            Values.scenarios())
        .flatMap(List::stream)
        .toList();
  }
}
