package org.pipebridge.test.container;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.HttpApplication;

/** An application that ends its requests in every way, and counts their beginnings and ends. */
final class RaceApplication implements HttpApplication<HttpContext>, AutoCloseable {

  /** How a request ends. */
  enum Way {
    PLAIN,
    LATER,
    FLUSHING,
    FAILING,
    FAILING_LATER,
    BREAKING,
    BREAKING_LATER;

    static Way of(int number) {
      return values()[number % values().length];
    }

    String path() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean succeeds() {
      return ordinal() <= FLUSHING.ordinal();
    }

    boolean isBroken() {
      return ordinal() >= BREAKING.ordinal();
    }

    boolean isLater() {
      return this == LATER || this == FLUSHING || name().endsWith("_LATER");
    }
  }

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger disposed = new AtomicInteger();
  private final Set<HttpContext> ended = ConcurrentHashMap.newKeySet();
  private final Set<HttpContext> twice = ConcurrentHashMap.newKeySet();

  @Override
  public HttpContext createContext(FeatureCollection features) {
    created.incrementAndGet();
    return new HttpContext(features);
  }

  @Override
  public CompletionStage<Void> process(HttpContext context) throws Exception {
    Way way = Way.valueOf(context.request().path().substring(1).toUpperCase(Locale.ROOT));
    if (!way.isLater()) {
      end(context, way);
      return Stages.completed();
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    int micros = ThreadLocalRandom.current().nextInt(2000);
    threads.schedule(() -> endLater(context, way, done), micros, TimeUnit.MICROSECONDS);
    return done;
  }

  private static void endLater(HttpContext context, Way way, CompletableFuture<Void> done) {
    try {
      end(context, way);
      done.complete(null);
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  private static void end(HttpContext context, Way way) throws Exception {
    byte[] text = context.request().queryString().substring(3).getBytes(StandardCharsets.UTF_8);
    context.response().write(text);
    if (way == Way.FLUSHING || way.isBroken()) {
      context.response().flush();
    }
    if (!way.succeeds()) {
      throw new IllegalStateException("as was asked for");
    }
  }

  @Override
  public void disposeContext(HttpContext context, Throwable failure) {
    if (!ended.add(context)) {
      twice.add(context);
    }
    disposed.incrementAndGet();
  }

  int created() {
    return created.get();
  }

  int disposed() {
    return disposed.get();
  }

  Set<HttpContext> disposedTwice() {
    return twice;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
