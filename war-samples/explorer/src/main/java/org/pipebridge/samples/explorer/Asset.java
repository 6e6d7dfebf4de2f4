package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** A file that ships beside these classes: the style sheet, the script. */
final class Asset implements Handler {

  private final byte[] content;
  private final String type;

  Asset(String name, String type) {
    this.content = Page.resource(name).getBytes(StandardCharsets.UTF_8);
    this.type = type;
  }

  @Override
  public void handle(HttpContext context) throws IOException {
    context.response().setContentType(type + "; charset=utf-8");
    context.response().headers().set("Cache-Control", "max-age=60");
    context.response().headers().set("X-Content-Type-Options", "nosniff");
    context.response().setContentLength(content.length);
    context.response().write(content);
  }
}
