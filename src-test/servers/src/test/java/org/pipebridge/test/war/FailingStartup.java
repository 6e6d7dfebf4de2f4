package org.pipebridge.test.war;

import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Cannot be configured. */
public final class FailingStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    throw new IllegalStateException("the database is missing");
  }
}
