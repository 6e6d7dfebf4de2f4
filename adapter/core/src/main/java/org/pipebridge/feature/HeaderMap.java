package org.pipebridge.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Ascii;

/**
 * Headers in one array of names and values, in order.
 *
 * <p>A server derives from it to guard its headers: {@link #beforeRead()} and {@link
 * #beforeWrite()} run before each access. ASP.NET Core: {@code HeaderDictionary}.
 *
 * @since 0.1
 */
public class HeaderMap implements Headers {

  private static final String[] NONE = {};
  private static final int FIRST_CAPACITY = 8; // most responses have up to four lines

  /**
   * Name and value of each line, in turn; {@code size} counts both. The value of a Content-Length
   * that was set as a number is null until it is read.
   */
  private @Nullable String[] lines = NONE;

  private int size;
  private long length;

  /** Creates an empty collection. */
  public HeaderMap() {}

  /** Runs before each access that changes nothing; a server throws from it when it must. */
  protected void beforeRead() {}

  /** Runs before each access that may change something; a server throws from it when it must. */
  protected void beforeWrite() {}

  /**
   * Checks a line that a caller wants to store, after V3 and V4.
   *
   * @param name a token
   * @param value a value of allowed characters
   * @throws IllegalArgumentException if this collection does not take it
   */
  protected void check(String name, String value) {}

  @Override
  public final @Nullable String first(String name) {
    Objects.requireNonNull(name, "name");
    beforeRead();
    int at = indexOf(name, 0);
    return at < 0 ? null : valueAt(at);
  }

  @Override
  public final List<String> values(String name) {
    Objects.requireNonNull(name, "name");
    beforeRead();
    int at = indexOf(name, 0);
    if (at < 0) {
      return List.of();
    }
    int next = indexOf(name, at + 2);
    if (next < 0) {
      return List.of(valueAt(at));
    }
    List<String> values = new ArrayList<>();
    for (; at >= 0; at = indexOf(name, at + 2)) {
      values.add(valueAt(at));
    }
    return Collections.unmodifiableList(values);
  }

  @Override
  public final Set<String> names() {
    beforeRead();
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < size; i += 2) {
      if (indexOf(nameAt(i), 0) == i) {
        names.add(nameAt(i));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  @Override
  public final void forEach(BiConsumer<String, String> action) {
    Objects.requireNonNull(action, "action");
    beforeRead();
    for (int i = 0; i < size; i += 2) {
      action.accept(nameAt(i), valueAt(i));
    }
  }

  @Override
  public final void set(String name, String value) {
    checkLine(name, value);
    beforeWrite();
    put(name, value);
  }

  @Override
  public final void set(String name, List<String> values) {
    Objects.requireNonNull(name, "name");
    for (String value : Objects.requireNonNull(values, "values")) {
      checkLine(name, value);
    }
    beforeWrite();
    if (values.isEmpty()) {
      removeFrom(name, 0);
      return;
    }
    List<String> all = List.copyOf(values);
    set(name, all.get(0));
    int at = indexOf(name, 0);
    String stored = nameAt(at);
    for (int i = 1; i < all.size(); i++) {
      at += 2;
      insert(at, stored, all.get(i));
    }
  }

  @Override
  public final OptionalLong contentLength() {
    beforeRead();
    long declared = declaredLength();
    return declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared);
  }

  @Override
  public final void setContentLength(long bytes) {
    HeaderValues.checkLength(bytes);
    beforeWrite();
    length = bytes;
    put(HeaderNames.CONTENT_LENGTH, null);
  }

  @Override
  public final void add(String name, String value) {
    checkLine(name, value);
    beforeWrite();
    append(name, value);
  }

  @Override
  public final void remove(String name) {
    Objects.requireNonNull(name, "name");
    beforeWrite();
    removeFrom(name, 0);
  }

  @Override
  public final void clear() {
    beforeWrite();
    Arrays.fill(lines, 0, size, null);
    size = 0;
  }

  /**
   * Adds a line as it came from a client: neither name nor value is checked (V4), and no hook runs.
   *
   * @param name the name as received
   * @param value the value as received
   */
  protected final void addReceived(String name, String value) {
    append(name, value);
  }

  /**
   * Returns how many lines there are.
   *
   * @return the number of name and value pairs
   */
  protected final int lineCount() {
    return size / 2;
  }

  /**
   * Returns Content-Length, without running a hook.
   *
   * @return the length in bytes, or -1 if there is not exactly one that is valid (V8)
   */
  protected final long declaredLength() {
    int at = indexOf(HeaderNames.CONTENT_LENGTH, 0);
    if (at < 0 || indexOf(HeaderNames.CONTENT_LENGTH, at + 2) >= 0) {
      return -1;
    }
    String value = lines[at + 1];
    return value == null ? length : Ascii.parseDecimal(value);
  }

  /**
   * Returns the name of a line, without running a hook.
   *
   * @param line its number, from 0
   * @return the name as stored
   */
  protected final String lineName(int line) {
    return nameAt(2 * line);
  }

  /**
   * Returns the value of a line, without running a hook.
   *
   * @param line its number, from 0
   * @return the value as stored
   */
  protected final String lineValue(int line) {
    return valueAt(2 * line);
  }

  private void checkLine(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    HeaderValues.checkName(name);
    HeaderValues.checkValue(name, value);
    check(name, value);
  }

  private String nameAt(int at) {
    return Objects.requireNonNull(lines[at]);
  }

  private String valueAt(int at) {
    String value = lines[at + 1];
    if (value == null) {
      value = Long.toString(length);
      lines[at + 1] = value;
    }
    return value;
  }

  private int indexOf(String name, int from) {
    for (int i = from; i < size; i += 2) {
      if (Ascii.equalsIgnoreCase(nameAt(i), name)) {
        return i;
      }
    }
    return -1;
  }

  private void put(String name, @Nullable String value) {
    int at = indexOf(name, 0);
    if (at < 0) {
      append(name, value);
    } else {
      lines[at + 1] = value;
      removeFrom(name, at + 2);
    }
  }

  private void append(String name, @Nullable String value) {
    insert(size, name, value);
  }

  private void insert(int at, String name, @Nullable String value) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, Math.max(FIRST_CAPACITY, 3 * size));
    }
    System.arraycopy(lines, at, lines, at + 2, size - at);
    lines[at] = name;
    lines[at + 1] = value;
    size += 2;
  }

  private void removeFrom(String name, int from) {
    for (int at = indexOf(name, from); at >= 0; at = indexOf(name, at)) {
      size -= 2;
      System.arraycopy(lines, at + 2, lines, at, size - at);
      Arrays.fill(lines, size, size + 2, null);
    }
  }
}
