package org.pipebridge.samples.explorer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.ApplicationLifetime;

/**
 * Pauses that no thread waits for: one timer for all requests, which ends with the application.
 *
 * <p>When the application stops, pauses end at once, so that whoever pauses can end as well.
 */
final class ApplicationTimer {

  private static final long STOP_MILLIS = 2000;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Set<CompletableFuture<Void>> pauses = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean stopped;

  private ApplicationTimer() {
    // a pause that comes too late for the timer finds stopped set, or is ended by wakeAndShutDown
    timer =
        new ScheduledThreadPoolExecutor(
            1, this::newThread, new ScheduledThreadPoolExecutor.DiscardPolicy());
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Creates a timer and ties its thread to the life of the application. */
  static ApplicationTimer of(FeatureCollection serverFeatures) {
    ApplicationTimer timer = new ApplicationTimer();
    ApplicationLifetime lifetime = serverFeatures.get(ApplicationLifetime.class);
    if (lifetime != null) {
      lifetime.stopping().thenRun(timer::stop);
    }
    return timer;
  }

  /** Returns a stage that completes, on the timer's thread, after a time or when all stops. */
  CompletionStage<Void> pause(Duration time) {
    CompletableFuture<Void> pause = new CompletableFuture<>();
    pauses.add(pause);
    if (stopped) {
      end(pause);
    } else {
      timer.schedule(() -> end(pause), time.toNanos(), TimeUnit.NANOSECONDS);
    }
    return pause;
  }

  /** Tells whether the application stops: there are no pauses any more. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * Waits for the thread itself, since a container looks for threads left behind right after this
   * and an executor calls itself terminated while its last thread is still on its way out.
   */
  private void stop() {
    stopped = true;
    timer.execute(this::wakeAndShutDown);
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

  private void wakeAndShutDown() {
    pauses.forEach(this::end);
    timer.shutdown();
  }

  private void end(CompletableFuture<Void> pause) {
    pauses.remove(pause);
    pause.complete(null);
  }

  private Thread newThread(Runnable task) {
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    Thread thread = new Thread(task, "explorer-timer");
    threads.add(thread);
    return thread;
  }
}
