package org.pipebridge.feature;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields and files of a form (V40 to V46).
 *
 * <p>Names ignore case and list as first seen; values keep their order. Immutable. ASP.NET Core:
 * {@code IFormCollection}.
 *
 * @since 0.1
 */
public final class Form {

  /** A form without fields. */
  public static final Form EMPTY = new Form(Map.of(), List.of());

  private final ParameterMap fields;
  private final List<FormFile> files;

  private Form(Map<String, ? extends List<String>> fields, List<FormFile> files) {
    this.fields = new ParameterMap(fields);
    this.files = List.copyOf(files);
  }

  /**
   * Creates a form.
   *
   * @param fields the values of each name; the order is that of the map
   * @param files the files, in order
   * @return the form
   */
  public static Form of(Map<String, ? extends List<String>> fields, List<FormFile> files) {
    return new Form(
        Objects.requireNonNull(fields, "fields"), Objects.requireNonNull(files, "files"));
  }

  /**
   * Returns the first value of a field.
   *
   * @param name the name, in any case
   * @return the value, perhaps "", or null if there is none
   */
  public @Nullable String first(String name) {
    return fields.first(name);
  }

  /**
   * Returns all values of a field.
   *
   * @param name the name, in any case
   * @return the values in order, unmodifiable; empty if there is none
   */
  public List<String> values(String name) {
    return fields.values(name);
  }

  /**
   * Returns the names of the fields.
   *
   * @return the names as first seen, unmodifiable
   */
  public Set<String> names() {
    return fields.names();
  }

  /**
   * Hands each field's name and value to an action.
   *
   * @param action what to call
   */
  public void forEach(BiConsumer<String, String> action) {
    fields.forEach(action);
  }

  /**
   * Returns the files.
   *
   * @return the files in order, unmodifiable
   */
  public List<FormFile> files() {
    return files;
  }

  /**
   * Returns the first file of a field.
   *
   * @param name the field's name, in any case
   * @return the file, or null if there is none
   */
  public @Nullable FormFile file(String name) {
    return files.stream().filter(f -> f.name().equalsIgnoreCase(name)).findFirst().orElse(null);
  }
}
