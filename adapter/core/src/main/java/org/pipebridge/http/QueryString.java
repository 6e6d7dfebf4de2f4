package org.pipebridge.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Query;

/**
 * A query, escaped, with its leading "?" (V24, V27).
 *
 * <p>ASP.NET Core: {@code QueryString}.
 *
 * @param value "" or a text that starts with "?"
 * @since 0.1
 */
public record QueryString(String value) {

  /** No query. */
  public static final QueryString EMPTY = new QueryString("");

  /**
   * Checks the leading "?".
   *
   * @param value "" or a text that starts with "?"
   */
  public QueryString {
    Objects.requireNonNull(value, "value");
    if (!value.isEmpty() && value.charAt(0) != '?') {
      throw new IllegalArgumentException(
          "a query must be empty or start with \"?\", but is \"" + value + '"');
    }
  }

  /**
   * Creates a query of one parameter.
   *
   * @param name the name, unescaped
   * @param value the value, unescaped; null is ""
   * @return {@code ?name=value}, escaped
   */
  public static QueryString of(String name, @Nullable String value) {
    return EMPTY.add(name, value);
  }

  /**
   * Creates a query.
   *
   * @param parameters the values of each name, unescaped; the order is that of the map
   * @return the parameters, escaped
   */
  public static QueryString of(Map<String, ? extends Iterable<String>> parameters) {
    StringBuilder text = new StringBuilder();
    parameters.forEach((name, values) -> values.forEach(value -> append(text, name, value)));
    return text.isEmpty() ? EMPTY : new QueryString(text.toString());
  }

  /**
   * Creates a query.
   *
   * @param query the parameters, unescaped
   * @return the parameters, escaped
   */
  public static QueryString of(Query query) {
    StringBuilder text = new StringBuilder();
    query.forEach((name, value) -> append(text, name, value));
    return text.isEmpty() ? EMPTY : new QueryString(text.toString());
  }

  /**
   * Reads the parameters of a raw query: split at "&amp;" only, the first "=" parts name and value,
   * "+" is a space, and what cannot be decoded stays (V25).
   *
   * @param raw the query, escaped, with or without the leading "?"
   * @return the parameters, unescaped
   */
  public static Query parse(String raw) {
    List<String> pairs = new ArrayList<>(8);
    int at = raw.startsWith("?") ? 1 : 0;
    while (at < raw.length()) {
      int end = raw.indexOf('&', at);
      end = end < 0 ? raw.length() : end;
      if (end > at) {
        String pair = raw.substring(at, end);
        int equals = pair.indexOf('=');
        pairs.add(Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true));
        pairs.add(equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true));
      }
      at = end + 1;
    }
    return Query.ofPairs(pairs);
  }

  /**
   * Tells whether there is more than nothing.
   *
   * @return whether the value is not empty
   */
  public boolean hasValue() {
    return !value.isEmpty();
  }

  /**
   * Adds a parameter.
   *
   * @param name the name, unescaped
   * @param added the value, unescaped; null is ""
   * @return a new query
   */
  public QueryString add(String name, @Nullable String added) {
    StringBuilder text = new StringBuilder();
    append(text, name, added == null ? "" : added);
    return add(new QueryString(text.toString()));
  }

  /**
   * Adds another query behind this one.
   *
   * @param other what to add
   * @return a new query, or one of the two if the other has no parameters
   */
  public QueryString add(QueryString other) {
    if (value.length() <= 1) {
      return other;
    }
    return other.value.length() <= 1
        ? this
        : new QueryString(value + '&' + other.value.substring(1));
  }

  /**
   * Returns the query, escaped.
   *
   * @return the value
   */
  @Override
  public String toString() {
    return value;
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(text.isEmpty() ? '?' : '&')
        .append(Percent.encode(Objects.requireNonNull(name, "name")))
        .append('=')
        .append(Percent.encode(Objects.requireNonNull(value, "value")));
  }
}
