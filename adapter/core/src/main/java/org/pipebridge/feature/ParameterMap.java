package org.pipebridge.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Names with values in order; names ignore case and list as first seen (V26, V42).
 *
 * <p>A first value is looked for among a few pairs directly. All else, and what a client sends in
 * great number, goes through an index, which no choice of names makes slow.
 */
final class ParameterMap {

  private static final int FEW = 16;

  /** Name and value in turn. */
  private final String[] pairs;

  private @Nullable Index index;

  /** Takes names and values in turn. */
  ParameterMap(List<String> pairs) {
    this.pairs = pairs.toArray(String[]::new);
  }

  /** Takes the values of each name. */
  ParameterMap(Map<String, ? extends List<String>> parameters) {
    this(flat(parameters));
  }

  private static List<String> flat(Map<String, ? extends List<String>> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, values) ->
            values.forEach(
                value -> {
                  pairs.add(name);
                  pairs.add(Objects.requireNonNull(value, "value"));
                }));
    return pairs;
  }

  @Nullable String first(String name) {
    Objects.requireNonNull(name, "name");
    if (pairs.length > FEW) {
      List<String> values = values(name);
      return values.isEmpty() ? null : values.get(0);
    }
    for (int i = 0; i < pairs.length; i += 2) {
      if (name.equalsIgnoreCase(pairs[i])) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  List<String> values(String name) {
    List<String> values = index().values.get(Objects.requireNonNull(name, "name"));
    return values == null ? List.of() : Collections.unmodifiableList(values);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(index().names);
  }

  void forEach(BiConsumer<String, String> action) {
    names().forEach(name -> values(name).forEach(value -> action.accept(name, value)));
  }

  private Index index() {
    Index known = index;
    if (known == null) {
      known = new Index(pairs);
      index = known;
    }
    return known;
  }

  /** Finds values by name. Its fields are final, so that any thread may see it. */
  private static final class Index {

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Set<String> names = new LinkedHashSet<>();

    Index(String[] pairs) {
      for (int i = 0; i < pairs.length; i += 2) {
        List<String> present = values.get(pairs[i]);
        if (present == null) {
          present = new ArrayList<>(1);
          values.put(pairs[i], present);
          names.add(pairs[i]);
        }
        present.add(pairs[i + 1]);
      }
    }
  }
}
