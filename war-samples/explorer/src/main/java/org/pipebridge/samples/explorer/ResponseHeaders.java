package org.pipebridge.samples.explorer;

import java.util.List;
import java.util.Objects;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/**
 * Sets a response header that a form asked for.
 *
 * <p>Its name begins with {@code X-Try-}, so that no link from elsewhere can set a cookie or talk
 * to a proxy through this page.
 */
final class ResponseHeaders implements Handler {

  private static final String PREFIX = "X-Try-";

  @Override
  public void handle(HttpContext context) throws Exception {
    String name = PREFIX + asked(context, "name");
    String value = asked(context, "value");
    try {
      context.response().headers().set(name, value);
    } catch (IllegalArgumentException e) {
      Html html = new Html().heading("Refused before it could do harm");
      html.table("Asked for", List.of(new Row(name, value)), "");
      html.raw("<p>The model answers: <q>").text(e.getMessage()).raw("</q></p>\n");
      Page.send(context, 400, "Refused", html);
      return;
    }
    Page.setHeaders(context.response());
    Html html = new Html().heading("This page carries your header");
    html.table("Response headers", Row.collect(context.response().headers()::forEach), "");
    html.paragraph("The developer tools of the browser show the same, and what the server added.");
    Page.send(context, 200, "Response headers", html);
  }

  private static String asked(HttpContext context, String parameter) {
    return Objects.requireNonNullElse(context.request().query().first(parameter), "");
  }
}
