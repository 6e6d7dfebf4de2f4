package org.pipebridge.test.war;

import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Cannot even be made. */
public final class UnmakeableStartup implements Startup {

  /** Fails. */
  public UnmakeableStartup() {
    throw new IllegalStateException("the key is missing");
  }

  @Override
  public void configure(ApplicationBuilder app) {}
}
