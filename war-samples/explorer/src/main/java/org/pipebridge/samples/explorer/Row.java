package org.pipebridge.samples.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A line of a table: a name and its value, both as they came, not yet escaped. */
record Row(String name, String value) {

  /** Collects what a {@code forEach} of names and values gives. */
  static List<Row> collect(Consumer<BiConsumer<String, String>> pairs) {
    List<Row> rows = new ArrayList<>();
    pairs.accept((name, value) -> rows.add(new Row(name, value)));
    return rows;
  }
}
