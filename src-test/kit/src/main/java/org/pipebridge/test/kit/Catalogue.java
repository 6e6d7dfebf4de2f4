package org.pipebridge.test.kit;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pipebridge.test.kit.a.GroupA;
import org.pipebridge.test.kit.b.GroupB;
import org.pipebridge.test.kit.c.GroupC;
import org.pipebridge.test.kit.d.GroupD;
import org.pipebridge.test.kit.e.GroupE;
import org.pipebridge.test.kit.f.GroupF;
import org.pipebridge.test.kit.g.GroupG;
import org.pipebridge.test.kit.h.GroupH;

/** All scenarios of the contract, by group. */
public final class Catalogue {

  private Catalogue() {}

  /**
   * Returns the groups.
   *
   * @return the letter of each group, A to H, and its scenarios
   */
  public static SortedMap<String, List<Scenario>> groups() {
    return new TreeMap<>(
        Map.of(
            "A",
            GroupA.scenarios(),
            "B",
            GroupB.scenarios(),
            "C",
            GroupC.scenarios(),
            "D",
            GroupD.scenarios(),
            "E",
            GroupE.scenarios(),
            "F",
            GroupF.scenarios(),
            "G",
            GroupG.scenarios(),
            "H",
            GroupH.scenarios()));
  }

  /**
   * Returns every scenario.
   *
   * @return the scenarios, in order
   */
  public static List<Scenario> all() {
    return groups().values().stream().flatMap(List::stream).toList();
  }
}
