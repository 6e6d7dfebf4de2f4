package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class FeatureMapTest {

  private final FeatureMap defaults = new FeatureMap();
  private final FeatureMap features = new FeatureMap(defaults);

  @Test
  void f1_getGivesTheLocalEntryElseThatOfTheDefaultsElseNull() {
    assertThat(features.get(String.class)).isNull();

    defaults.set(String.class, "default");
    assertThat(features.get(String.class)).isEqualTo("default");

    features.set(String.class, "local");
    assertThat(features.get(String.class)).isEqualTo("local");
    assertThat(defaults.get(String.class)).isEqualTo("default");
    assertThatNullPointerException().isThrownBy(() -> features.get(null));
  }

  @Test
  void f1_requireNamesTheMissingType() {
    assertThatIllegalStateException()
        .isThrownBy(() -> features.require(ItemsFeature.class))
        .withMessageContaining(ItemsFeature.class.getName());
    features.set(String.class, "x");
    assertThat(features.require(String.class)).isEqualTo("x");
  }

  @Test
  void f2_keysMatchExactly() {
    features.set(String.class, "x");

    assertThat(features.get(CharSequence.class)).isNull();
    assertThat(features.get(Object.class)).isNull();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void f2_aValueThatIsNoInstanceOfItsKeyIsRefused() {
    Class key = Integer.class;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> features.set(key, "x"))
        .withMessageContaining(Integer.class.getName())
        .withMessageContaining(String.class.getName());
    assertThat(features.revision()).isZero();
  }

  @Test
  void f3_settingNullRemovesTheLocalEntry() {
    defaults.set(String.class, "default");
    features.set(String.class, "local");

    features.set(String.class, null);
    assertThat(features.get(String.class)).isEqualTo("default");

    features.set(String.class, null);
    assertThat(features.get(String.class)).isEqualTo("default");
  }

  @Test
  void f4_theRevisionGrowsWithEachChange() {
    assertThat(features.revision()).isZero();
    defaults.set(Integer.class, 1);
    int start = features.revision();
    assertThat(start).isEqualTo(defaults.revision()).isPositive();

    features.set(String.class, "x");
    int stored = features.revision();
    assertThat(stored).isGreaterThan(start);

    features.set(String.class, "x");
    int again = features.revision();
    assertThat(again).isGreaterThan(stored);

    features.set(String.class, null);
    int removed = features.revision();
    assertThat(removed).isGreaterThan(again);

    features.set(String.class, null);
    assertThat(features.revision()).isEqualTo(removed);

    defaults.set(Integer.class, 2);
    assertThat(features.revision()).isGreaterThan(removed);
  }

  @Test
  void f5_iterationGivesLocalEntriesThenUnmaskedDefaults() {
    defaults.set(String.class, "masked");
    defaults.set(Integer.class, 1);
    features.set(Long.class, 2L);
    features.set(String.class, "local");

    List<Map.Entry<Class<?>, Object>> entries = new ArrayList<>();
    features.forEach(entries::add);

    assertThat(entries)
        .containsExactly(
            Map.entry(Long.class, 2L),
            Map.entry(String.class, "local"),
            Map.entry(Integer.class, 1));
  }

  @Test
  void f6_settingNeverReachesTheDefaults() {
    features.set(String.class, "x");

    assertThat(features.isReadOnly()).isFalse();
    assertThat(defaults.get(String.class)).isNull();
    assertThat(defaults.revision()).isZero();
  }

  @Test
  void f12_onceOverEveryMemberButIsReadOnlyThrows() {
    features.set(String.class, "x");
    features.end();
    features.end();

    assertThatIllegalStateException().isThrownBy(() -> features.get(String.class));
    assertThatIllegalStateException().isThrownBy(() -> features.require(String.class));
    assertThatIllegalStateException().isThrownBy(() -> features.set(String.class, null));
    assertThatIllegalStateException().isThrownBy(features::revision);
    assertThatIllegalStateException().isThrownBy(features::iterator);
    assertThat(features.isReadOnly()).isFalse();
  }

  @Test
  void c12_theLifetimeIsFoundWhenOver() {
    HttpRequestLifetimeFeature lifetime = new Lifetime();
    features.set(HttpRequestLifetimeFeature.class, lifetime);
    features.end();

    assertThat(features.get(HttpRequestLifetimeFeature.class)).isSameAs(lifetime);
    assertThatIllegalStateException()
        .isThrownBy(() -> features.set(HttpRequestLifetimeFeature.class, null));
  }

  /** F1 to F4: many random changes, against a map. */
  @Test
  void f1_manyFeaturesAreKeptApart() {
    Class<?>[] types = {
      String.class,
      Integer.class,
      Long.class,
      Short.class,
      Byte.class,
      Double.class,
      Float.class,
      Character.class,
      Boolean.class,
      List.class,
      Map.class,
      Random.class
    };
    Map<Class<?>, Object> expected = new java.util.HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      Class<?> type = types[random.nextInt(types.length)];
      int revision = features.revision();
      boolean stores = random.nextBoolean();
      boolean changes = stores || expected.containsKey(type);
      if (stores) {
        expected.put(type, put(type));
      } else {
        expected.remove(type);
        features.set(type, null);
      }
      assertThat(features.revision() > revision).isEqualTo(changes);
      for (Class<?> each : types) {
        assertThat((Object) features.get(each)).isSameAs(expected.get(each));
      }
    }
  }

  /**
   * A1: the only look-up that other threads make, while the owner of the request changes others.
   */
  @Test
  void a1_theLifetimeIsFoundFromAnyThreadDuringChanges() throws Exception {
    HttpRequestLifetimeFeature lifetime = new Lifetime();
    features.set(String.class, "first");
    features.set(HttpRequestLifetimeFeature.class, lifetime);
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> misses = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              int count = 0;
              while (!stop.get()) {
                try {
                  count += features.get(HttpRequestLifetimeFeature.class) == lifetime ? 0 : 1;
                } catch (RuntimeException e) {
                  count++;
                }
              }
              misses.complete(count);
            });
    reader.start();
    for (int i = 0; i < 200_000; i++) {
      features.set(String.class, i % 2 == 0 ? null : "x");
      features.set(Integer.class, i % 3 == 0 ? null : i);
    }
    stop.set(true);

    assertThat(misses.get(10, java.util.concurrent.TimeUnit.SECONDS)).isZero();
    assertThatCode(reader::join).doesNotThrowAnyException();
  }

  @SuppressWarnings("unchecked")
  private Object put(Class<?> type) {
    Object value =
        switch (type.getSimpleName()) {
          case "String" -> new String("x");
          case "Integer" -> 1;
          case "Long" -> 1L;
          case "Short" -> (short) 1;
          case "Byte" -> (byte) 1;
          case "Double" -> 1.0;
          case "Float" -> 1f;
          case "Character" -> 'x';
          case "Boolean" -> true;
          case "List" -> new ArrayList<>();
          case "Map" -> new java.util.HashMap<>();
          default -> new Random(1);
        };
    features.set((Class<Object>) type, value);
    return value;
  }

  private static final class Lifetime implements HttpRequestLifetimeFeature {

    private final CompletableFuture<Void> aborted = new CompletableFuture<>();

    @Override
    public CompletableFuture<Void> aborted() {
      return aborted;
    }

    @Override
    public boolean isAborted() {
      return aborted.isDone();
    }

    @Override
    public void abort() {
      aborted.complete(null);
    }
  }

  @Test
  void f8_aDerivedCollectionMakesDefaultsThatItsOwnEntriesHide() {
    var derived =
        new FeatureMap() {
          @Override
          protected <T> T defaultFeature(Class<T> type) {
            return type == String.class ? type.cast("made") : null;
          }

          @Override
          protected Collection<Class<?>> defaultTypes() {
            return List.of(String.class, Integer.class);
          }
        };

    assertThat(derived.get(String.class)).isEqualTo("made");
    assertThat(derived.get(Integer.class)).isNull();
    assertThat(derived).containsExactly(Map.entry(String.class, "made"));

    derived.set(String.class, "local");
    assertThat(derived).containsExactly(Map.entry(String.class, "local"));
    derived.set(String.class, null);
    assertThat(derived.get(String.class)).isEqualTo("made");
  }
}
