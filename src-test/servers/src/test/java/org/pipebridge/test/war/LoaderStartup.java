package org.pipebridge.test.war;

import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pipebridge.hosting.Startup;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ApplicationLifetime;

/**
 * Resumes on a thread that knows nothing of the web application, and tells what {@link
 * ServiceLoader} finds in a callback there.
 */
public final class LoaderStartup implements Startup {

  @Override
  public void configure(ApplicationBuilder app) {
    ExecutorService executor = Executors.newSingleThreadExecutor(LoaderStartup::strangeThread);
    app.serverFeatures()
        .require(ApplicationLifetime.class)
        .stopping()
        .thenRun(executor::shutdownNow);
    app.useAsync(
            (context, next) -> {
              context
                  .response()
                  .onStarting(() -> context.response().headers().set("X-Found", found()));
              return next.invoke(context);
            })
        .runAsync(
            context ->
                CompletableFuture.supplyAsync(LoaderStartup::found, executor)
                    .thenCompose(found -> context.response().writeAsync(found)));
  }

  private static Thread strangeThread(Runnable task) {
    Thread thread = new Thread(task, "strange");
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    return thread;
  }

  private static String found() {
    return ServiceLoader.load(Startup.class)
        .findFirst()
        .map(startup -> startup.getClass().getSimpleName())
        .orElse("none");
  }
}
