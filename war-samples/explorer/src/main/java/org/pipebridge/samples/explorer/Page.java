package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.http.PathString;
import org.pipebridge.pipeline.RequestDelegate;

/** The frame that every page shares, and how a page is sent. */
final class Page {

  private static final String FRAME = resource("page.html");
  private static final String CONTENT = "{content}";
  private static final Object ROOT = new Object();

  private Page() {}

  /** Middleware: keeps where the application is mounted, before {@code map} moves the path base. */
  static CompletionStage<Void> rememberRoot(HttpContext context, RequestDelegate next)
      throws Exception {
    context.items().put(ROOT, context.request().pathBase());
    return next.invoke(context);
  }

  /** Returns where the application is mounted, fit for links: "" or "/x". */
  static String root(HttpContext context) {
    return PathString.escape((String) context.items().getOrDefault(ROOT, ""));
  }

  /** Sends a whole page. */
  static void send(HttpContext context, int status, String title, Html content) throws IOException {
    byte[] page = (begin(context, title) + content + end(context)).getBytes(StandardCharsets.UTF_8);
    context.response().setStatus(status);
    setHeaders(context.response());
    context.response().setContentLength(page.length);
    context.response().write(page);
  }

  /** Returns what stands before the content, for pages that grow. */
  static String begin(HttpContext context, String title) {
    String frame = FRAME.substring(0, FRAME.indexOf(CONTENT));
    return place(context, frame.replace("{title}", new Html().text(title).toString()));
  }

  /** Returns what stands behind the content. */
  static String end(HttpContext context) {
    return place(context, FRAME.substring(FRAME.indexOf(CONTENT) + CONTENT.length()));
  }

  /** Returns a piece of markup from the class path, its links pointing into this application. */
  static String fragment(HttpContext context, String name) {
    return place(context, resource(name));
  }

  /** Sets the headers of a page, whose content comes from the client and is not to be trusted. */
  static void setHeaders(HttpResponse response) {
    response.setContentType("text/html; charset=utf-8");
    response.headers().set("Cache-Control", "no-store");
    response.headers().set("X-Content-Type-Options", "nosniff");
    response
        .headers()
        .set(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
                + " img-src data:; form-action 'self'; base-uri 'none'");
  }

  /** Reads a text that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(HttpContext context, String markup) {
    return markup.replace("{root}", new Html().text(root(context)).toString());
  }
}
