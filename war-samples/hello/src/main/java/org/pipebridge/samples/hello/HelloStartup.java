package org.pipebridge.samples.hello;

import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Greets whoever asks for the front page; every other path gets the pipeline's own 404. */
public final class HelloStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    app.mapWhen(HelloStartup::isFrontPage, page -> page.run(HelloStartup::greet));
  }

  private static boolean isFrontPage(HttpContext context) {
    String path = context.request().path();
    return path.isEmpty() || path.equals("/");
  }

  private static void greet(HttpContext context) throws Exception {
    String name = context.request().query().first("name");
    context.response().setContentType("text/plain; charset=utf-8");
    context.response().write("Hello, " + (name == null ? "world" : name) + "!\n");
  }
}
