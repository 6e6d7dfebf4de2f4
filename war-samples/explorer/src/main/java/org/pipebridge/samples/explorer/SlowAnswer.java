package org.pipebridge.samples.explorer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.ApplicationLifetime;

/**
 * A page that grows by a line each second and holds no thread in between.
 *
 * <p>It ends early when the application stops, and its one thread ends with the application.
 */
final class SlowAnswer implements RequestDelegate {

  private static final int DEFAULT_SECONDS = 5;
  private static final int MOST_SECONDS = 30;

  private static final long STOP_MILLIS = 2000;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, this::newThread);

  /** Creates the handler and ties its thread to the life of the application. */
  static SlowAnswer of(FeatureCollection serverFeatures) {
    SlowAnswer answer = new SlowAnswer();
    answer.timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    answer.timer.allowCoreThreadTimeOut(true);
    ApplicationLifetime lifetime = serverFeatures.get(ApplicationLifetime.class);
    if (lifetime != null) {
      lifetime.stopping().thenRun(answer::stop);
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) {
    int seconds = seconds(context.request().query().first("seconds"));
    Page.setHeaders(context.response());
    context.response().disableBuffering();
    String first = Page.begin(context, "Slow answer") + "<h1>Slow answer</h1>\n<ol>\n";
    return context
        .response()
        .writeAsync(first)
        .thenCompose(written -> line(context, 1, seconds))
        .thenCompose(written -> context.response().writeAsync("</ol>\n" + Page.end(context)));
  }

  /**
   * Waits for the thread itself, since a container looks for threads left behind right after this
   * and an executor calls itself terminated while its last thread is still on its way out.
   */
  private void stop() {
    timer.shutdown();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    try {
      timer.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
      for (Thread thread : threads) {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newThread(Runnable task) {
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread thread = new Thread(task, "explorer-timer");
    threads.add(thread);
    return thread;
  }

  private CompletionStage<Void> line(HttpContext context, int second, int seconds) {
    if (second > seconds || timer.isShutdown()) {
      return CompletableFuture.completedFuture(null);
    }
    return pause()
        .thenCompose(over -> context.response().writeAsync("<li>second " + second + "</li>\n"))
        .thenCompose(written -> line(context, second + 1, seconds));
  }

  private CompletionStage<Void> pause() {
    CompletableFuture<Void> pause = new CompletableFuture<>();
    timer.schedule(() -> pause.complete(null), 1, TimeUnit.SECONDS);
    return pause;
  }

  private static int seconds(@Nullable String asked) {
    if (asked == null || !asked.matches("[0-9]{1,4}")) {
      return DEFAULT_SECONDS;
    }
    return Math.max(1, Math.min(Integer.parseInt(asked), MOST_SECONDS));
  }
}
