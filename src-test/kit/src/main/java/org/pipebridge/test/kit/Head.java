package org.pipebridge.test.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status line and header lines of an answer.
 *
 * @param version the protocol version as sent; "" in memory
 * @param status the status code
 * @param reason the reason phrase, perhaps ""
 * @param fields the header lines, in order
 */
public record Head(String version, int status, String reason, List<Field> fields) {

  /**
   * Copies the lines.
   *
   * @param version the protocol version
   * @param status the status code
   * @param reason the reason phrase
   * @param fields the header lines
   */
  public Head {
    fields = List.copyOf(fields);
  }

  /**
   * Returns the first value of a field.
   *
   * @param name the field's name, in any case
   * @return the value, or null if there is no such line
   */
  public @Nullable String first(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Returns the values of all lines of a name.
   *
   * @param name the field's name, in any case
   * @return the values, in order
   */
  public List<String> values(String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  boolean isInterim() {
    return status < 200 && status != 101;
  }
}
