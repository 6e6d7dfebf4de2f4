package org.pipebridge.test.war;

import java.util.concurrent.CountDownLatch;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Leaves a thread behind, until that is interrupted. */
public final class LeakyStartup implements Startup {

  static final String THREAD = "left behind";

  @Override
  public void configure(ApplicationBuilder app) {
    Thread thread = new Thread(LeakyStartup::sleep, THREAD);
    thread.setDaemon(true);
    thread.start();
    app.run(context -> context.response().write("leaky"));
  }

  private static void sleep() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
