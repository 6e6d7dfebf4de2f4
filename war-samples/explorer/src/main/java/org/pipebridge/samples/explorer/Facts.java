package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.HttpServletFeature;

/** What the server really did, as rows: a page for people, JSON for the script of the page. */
final class Facts {

  private static final String JSON = "application/json";

  private Facts() {}

  /** Sends rows as JSON to who asks for it, else as a page with a table. */
  static void send(HttpContext context, int status, String title, List<Row> rows)
      throws IOException {
    context.response().headers().set("Vary", "Accept");
    if (!asksFor(context, JSON)) {
      Html html = new Html().heading(title).table("What the server tells", rows, "Nothing.");
      Page.send(context, status, title, html);
      return;
    }
    byte[] json = json(rows).getBytes(StandardCharsets.UTF_8);
    context.response().setStatus(status);
    Page.setHeaders(context.response());
    context.response().setContentType(JSON);
    context.response().setContentLength(json.length);
    context.response().write(json);
  }

  /** Tells whether the client names a type among those it accepts. */
  static boolean asksFor(HttpContext context, String type) {
    return context.request().headers().values("Accept").stream()
        .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains(type));
  }

  /** Returns rows as one line of JSON: an object whose values are texts. */
  static String json(List<Row> rows) {
    StringBuilder json = new StringBuilder("{");
    for (Row row : rows) {
      quote(json.append(json.length() > 1 ? "," : ""), row.name());
      quote(json.append(':'), row.value());
    }
    return json.append('}').toString();
  }

  /** Returns which classes do the work of features, for this request. */
  static Row features(HttpContext context, Class<?>... types) {
    return new Row(
        "features",
        Arrays.stream(types)
            .map(type -> type.getSimpleName() + " (" + worker(context, type) + ")")
            .collect(Collectors.joining(", ")));
  }

  private static String worker(HttpContext context, Class<?> type) {
    Object feature = context.features().get(type);
    return feature == null ? "absent" : feature.getClass().getSimpleName();
  }

  /** Returns whether the container holds the request open without a thread by now. */
  static Row async(HttpContext context) {
    HttpServletFeature servlet = context.features().get(HttpServletFeature.class);
    String text = "this server has none";
    if (servlet != null) {
      text = servlet.request().isAsyncStarted() ? "started" : "not started";
    }
    return new Row("servlet async", text);
  }

  /** Returns which thread runs this. A virtual thread has no name; its text tells what it is. */
  static Row thread() {
    Thread thread = Thread.currentThread();
    return new Row("thread", thread.getName().isEmpty() ? thread.toString() : thread.getName());
  }

  /** Returns the time since a moment of {@link System#nanoTime()}. */
  static Row timeSince(long nanos) {
    return new Row("time", millis(System.nanoTime() - nanos));
  }

  /** Returns a span of time as people read it. */
  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
