package org.pipebridge.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rule ids of the contract's sections 2 to 16, as the text defines them. */
record Contract(SortedSet<String> rules) {

  /** Letter first, then number. */
  static final Comparator<String> ORDER =
      Comparator.<String, Character>comparing(id -> id.charAt(0))
          .thenComparing(id -> Integer.valueOf(id.substring(1)));

  private static final Pattern SECTION = Pattern.compile("(?m)^## (\\d+) ");
  private static final Pattern DEFINED =
      Pattern.compile("(?:\\*\\*|^\\| )([A-Z]\\d+)(?:\\*\\*| \\|| [A-Z])", Pattern.MULTILINE);

  static Contract read(Path file) throws IOException {
    String text = Files.readString(file);
    SortedSet<String> rules = new TreeSet<>(ORDER);
    Matcher section = SECTION.matcher(text);
    int start = 0;
    int number = 0;
    while (section.find()) {
      collect(number, text.substring(start, section.start()), rules);
      number = Integer.parseInt(section.group(1));
      start = section.end();
    }
    collect(number, text.substring(start), rules);
    return new Contract(rules);
  }

  private static void collect(int section, String text, SortedSet<String> rules) {
    if (section >= 2 && section <= 16) {
      Matcher defined = DEFINED.matcher(text);
      while (defined.find()) {
        rules.add(defined.group(1));
      }
    }
  }
}
