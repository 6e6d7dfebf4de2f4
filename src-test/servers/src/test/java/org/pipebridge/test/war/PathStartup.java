package org.pipebridge.test.war;

import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Answers each request with where it is mounted and the path below. */
public final class PathStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    app.run(
        context ->
            context
                .response()
                .write(context.request().pathBase() + " " + context.request().path()));
  }
}
