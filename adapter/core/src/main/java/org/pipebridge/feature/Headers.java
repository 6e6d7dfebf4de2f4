package org.pipebridge.feature;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header or trailer fields: ordered, multi-valued, names compared ignoring ASCII case (V1).
 *
 * <p>Deliberately no {@link java.util.Map}: its semantics fight case-insensitive names. One line
 * for each value, in order, never joined by comma (V5). Names that a caller sets are tokens (V3),
 * values are visible ASCII, space and tab (V4); nothing else gets in, so that no CR or LF ever
 * does.
 *
 * <p>Not thread-safe. Response headers are read-only once the response has started (V6). ASP.NET
 * Core: {@code IHeaderDictionary}; see <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-5">RFC 9110, section 5</a>.
 *
 * @see HeaderMap
 * @since 0.1
 */
public interface Headers {

  /**
   * Returns the first value of a field.
   *
   * @param name the field's name, in any case
   * @return the value, perhaps "", or null if there is no such field
   */
  @Nullable String first(String name);

  /**
   * Returns all values of a field, in order, as they are at the time of the call.
   *
   * @param name the field's name, in any case
   * @return the values, unmodifiable; empty if there is no such field
   */
  List<String> values(String name);

  /**
   * Tells whether there is a field of this name.
   *
   * @param name the field's name, in any case
   * @return whether it is present
   */
  default boolean contains(String name) {
    return first(name) != null;
  }

  /**
   * Returns the names, each once, in order and in the case in which each was first stored.
   *
   * @return the names, unmodifiable
   */
  Set<String> names();

  /**
   * Hands each line, name and value, to an action, in order.
   *
   * @param action what to call; must not change these headers
   */
  void forEach(BiConsumer<String, String> action);

  /**
   * Replaces all values of a field by one; the field keeps its place (V2).
   *
   * @param name a token
   * @param value the value; "" is one
   * @throws IllegalArgumentException if name or value is not allowed (V3, V4, V8)
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  void set(String name, String value);

  /**
   * Replaces all values of a field; the field keeps its place (V2).
   *
   * @param name a token
   * @param values the values; an empty list removes the field
   * @throws IllegalArgumentException if name or a value is not allowed (V3, V4, V8)
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  void set(String name, List<String> values);

  /**
   * Adds a line, behind those that are there.
   *
   * @param name a token
   * @param value the value; "" is one
   * @throws IllegalArgumentException if name or value is not allowed (V3, V4, V8)
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  void add(String name, String value);

  /**
   * Removes a field; without one, nothing happens.
   *
   * @param name the field's name, in any case
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  void remove(String name);

  /**
   * Removes all fields.
   *
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  void clear();

  /**
   * Returns Content-Length as a number (V8).
   *
   * @return the length in bytes; empty if there is not exactly one value of ASCII digits, perhaps
   *     with space around, that fits in a long
   */
  default OptionalLong contentLength() {
    List<String> values = values(HeaderNames.CONTENT_LENGTH);
    return values.size() == 1 ? HeaderValues.contentLength(values.get(0)) : OptionalLong.empty();
  }

  /**
   * Sets Content-Length.
   *
   * @param bytes the length, 0 or more
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  default void setContentLength(long bytes) {
    HeaderValues.checkLength(bytes);
    set(HeaderNames.CONTENT_LENGTH, Long.toString(bytes));
  }

  /**
   * Removes Content-Length.
   *
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  default void removeContentLength() {
    remove(HeaderNames.CONTENT_LENGTH);
  }

  /**
   * Returns the elements of a field that is a comma-separated list: split outside quotes, trimmed,
   * unquoted, without empty ones (V7).
   *
   * @param name the field's name, in any case
   * @return the elements of all its lines, unmodifiable
   */
  default List<String> commaSeparated(String name) {
    return HeaderValues.split(values(name));
  }

  /**
   * Appends elements to a field that is a comma-separated list, as one line with those that are
   * there; what contains a comma is quoted (V7).
   *
   * @param name a token
   * @param values the elements to append
   * @throws IllegalArgumentException if name or a value is not allowed
   * @throws IllegalStateException if these headers are read-only (V6)
   */
  default void appendCommaSeparated(String name, String... values) {
    String joined = HeaderValues.join(values(name), values);
    if (!joined.isEmpty()) {
      set(name, joined);
    }
  }

  /**
   * Creates an empty collection.
   *
   * @return headers that can be changed
   */
  static Headers create() {
    return new HeaderMap();
  }
}
