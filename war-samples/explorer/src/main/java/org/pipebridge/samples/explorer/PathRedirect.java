package org.pipebridge.samples.explorer;

import org.pipebridge.http.HttpContext;
import org.pipebridge.http.PathString;
import org.pipebridge.pipeline.Handler;

/** Sends the browser to the path that a form asked for, below {@code look}. */
final class PathRedirect implements Handler {

  @Override
  public void handle(HttpContext context) {
    String asked = context.request().query().first("path");
    String path = asked == null ? "" : asked;
    String below = path.startsWith("/") ? path : "/" + path;
    context.response().redirect(Page.root(context) + "/look" + PathString.escape(below));
  }
}
