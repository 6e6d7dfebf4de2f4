package org.pipebridge.feature;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, unescaped (V25, V26).
 *
 * <p>Names ignore case and list as first seen; values keep their order. Immutable. ASP.NET Core:
 * {@code IQueryCollection}.
 *
 * @since 0.1
 */
public final class Query {

  /** No parameters. */
  public static final Query EMPTY = new Query(new ParameterMap(List.of()));

  private final ParameterMap parameters;

  private Query(ParameterMap parameters) {
    this.parameters = parameters;
  }

  /**
   * Creates a query.
   *
   * @param parameters the values of each name, unescaped; the order is that of the map
   * @return the query
   */
  public static Query of(Map<String, ? extends List<String>> parameters) {
    return Objects.requireNonNull(parameters, "parameters").isEmpty()
        ? EMPTY
        : new Query(new ParameterMap(parameters));
  }

  /**
   * Creates a query from what was read one by one.
   *
   * @param pairs name and value in turn, unescaped
   * @return the query
   * @throws IllegalArgumentException if the last name has no value
   */
  public static Query ofPairs(List<String> pairs) {
    if (Objects.requireNonNull(pairs, "pairs").size() % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values must come in pairs, but there are " + pairs.size() + " of them");
    }
    return pairs.isEmpty() ? EMPTY : new Query(new ParameterMap(pairs));
  }

  /**
   * Returns the first value of a name.
   *
   * @param name the name, in any case
   * @return the value, perhaps "", or null if there is none
   */
  public @Nullable String first(String name) {
    return parameters.first(name);
  }

  /**
   * Returns all values of a name.
   *
   * @param name the name, in any case
   * @return the values in order, unmodifiable; empty if there is none
   */
  public List<String> values(String name) {
    return parameters.values(name);
  }

  /**
   * Returns the names.
   *
   * @return the names as first seen, unmodifiable
   */
  public Set<String> names() {
    return parameters.names();
  }

  /**
   * Hands each name and value to an action.
   *
   * @param action what to call
   */
  public void forEach(BiConsumer<String, String> action) {
    parameters.forEach(action);
  }
}
