package org.pipebridge.samples.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Markup under construction: what comes from outside enters it as text, escaped. */
final class Html {

  private static final char FIRST_CONTROL_PICTURE = '\u2400';
  private static final char DELETE_PICTURE = '\u2421';

  private final StringBuilder markup = new StringBuilder(8192);

  /** Appends markup as it is: for texts of this application only. */
  Html raw(String trusted) {
    markup.append(trusted);
    return this;
  }

  /** Appends a text, escaped; control characters show as their pictures. */
  Html text(@Nullable String text) {
    if (text != null) {
      text.chars().forEach(c -> appendEscaped((char) c));
    }
    return this;
  }

  /** Appends another piece of markup. */
  Html append(Html other) {
    markup.append(other.markup);
    return this;
  }

  /** Appends the heading of a page. */
  Html heading(String text) {
    return raw("<h1>").text(text).raw("</h1>\n");
  }

  /** Appends a paragraph. */
  Html paragraph(String text) {
    return raw("<p>").text(text).raw("</p>\n");
  }

  /** Begins a section that the navigation can jump to. */
  Html section(String id, String title) {
    raw("<section id=\"").text(id).raw("\" aria-labelledby=\"").text(id).raw("-title\">\n");
    return raw("<h2 id=\"").text(id).raw("-title\">").text(title).raw("</h2>\n");
  }

  /** Ends a section. */
  Html endSection() {
    return raw("</section>\n");
  }

  /** Appends a table of names and values, or a sentence if there are none. */
  Html table(String caption, List<Row> rows, String ifEmpty) {
    if (rows.isEmpty()) {
      return raw("<p class=\"quiet\">").text(ifEmpty).raw("</p>\n");
    }
    raw("<table>\n<caption>").text(caption).raw("</caption>\n");
    for (Row row : rows) {
      raw("<tr><th scope=\"row\">").text(row.name()).raw("</th><td><code>").text(row.value());
      raw("</code></td></tr>\n");
    }
    return raw("</table>\n");
  }

  private void appendEscaped(char c) {
    switch (c) {
      case '&' -> markup.append("&amp;");
      case '<' -> markup.append("&lt;");
      case '>' -> markup.append("&gt;");
      case '"' -> markup.append("&quot;");
      case '\'' -> markup.append("&#39;");
      case 0x7F -> markup.append(DELETE_PICTURE);
      default -> markup.append(c < ' ' ? (char) (FIRST_CONTROL_PICTURE + c) : c);
    }
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}
