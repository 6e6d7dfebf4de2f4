package org.pipebridge.samples.explorer;

import java.io.IOException;
import org.pipebridge.http.HttpContext;

/** Handlers that fail, so that one can see what a client sees then. */
final class Failures {

  private Failures() {}

  /** Fails while nothing is sent: the client gets an empty 500, whatever was prepared. */
  static void beforeStart(HttpContext context) {
    Page.setHeaders(context.response());
    throw new IllegalStateException("the explorer was asked to fail before its answer started");
  }

  /** Fails behind the first bytes: the client sees that the answer broke off. */
  static void afterFlush(HttpContext context) throws IOException {
    Page.setHeaders(context.response());
    context.response().write(Page.begin(context, "Broken off"));
    context.response().write("<p>These are the first bytes of an answer that never ends.</p>\n");
    context.response().flush();
    throw new IllegalStateException("the explorer was asked to fail within its answer");
  }
}
