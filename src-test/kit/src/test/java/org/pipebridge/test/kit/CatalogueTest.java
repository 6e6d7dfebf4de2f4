package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CatalogueTest {

  /** Where the ids of each group begin and end. */
  private static final Map<String, int[]> IDS =
      Map.of(
          "A", new int[] {1, 39},
          "B", new int[] {40, 59},
          "C", new int[] {60, 79},
          "D", new int[] {80, 109},
          "E", new int[] {110, 139},
          "F", new int[] {140, 159},
          "G", new int[] {160, 189},
          "H", new int[] {190, 219});

  @Test
  void keysAreUnique() {
    assertThat(Catalogue.all()).extracting(Scenario::key).doesNotHaveDuplicates();
  }

  @Test
  void keysFitIntoTheHeaderThatPicksThem() {
    assertThat(Catalogue.all())
        .extracting(Scenario::key)
        .allSatisfy(key -> assertThat(key).matches("K\\d+\\.[a-z]\\d+_[a-z][A-Za-z0-9]+"));
  }

  @Test
  void namesBeginWithOneOfTheRules() {
    assertThat(Catalogue.all())
        .allSatisfy(
            scenario -> {
              String name = scenario.key().substring(scenario.id().length() + 1);
              String rule = name.substring(0, name.indexOf('_')).toUpperCase(Locale.ROOT);
              assertThat(scenario.rules()).as(scenario.key()).contains(rule);
            });
  }

  @Test
  void groupsHoldTheirRows() {
    Catalogue.groups()
        .forEach(
            (group, scenarios) -> {
              int[] ids = IDS.get(group);
              assertThat(scenarios)
                  .extracting(scenario -> Integer.parseInt(scenario.id().substring(1)))
                  .allSatisfy(id -> assertThat(id).as(group).isBetween(ids[0], ids[1]));
            });
  }
}
