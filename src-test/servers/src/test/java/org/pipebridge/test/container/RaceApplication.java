package org.pipebridge.test.container;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** An application that ends its requests in every way, and keeps book of those under way. */
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
  private final Map<HttpContext, String> open = new ConcurrentHashMap<>();
  private final Set<HttpContext> twice = ConcurrentHashMap.newKeySet();

  @Override
  public HttpContext createContext(FeatureCollection features) {
    HttpContext context = new HttpContext(features);
    created.incrementAndGet();
    open.put(context, "created");
    return context;
  }

  @Override
  public CompletionStage<Void> process(HttpContext context) throws Exception {
    Way way = Way.valueOf(context.request().path().substring(1).toUpperCase(Locale.ROOT));
    note(context, way, "begun");
    if (!way.isLater()) {
      end(context, way);
      return Stages.completed();
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    int micros = ThreadLocalRandom.current().nextInt(2000);
    threads.schedule(() -> endLater(context, way, done), micros, TimeUnit.MICROSECONDS);
    return done;
  }

  private void endLater(HttpContext context, Way way, CompletableFuture<Void> done) {
    try {
      end(context, way);
      done.complete(null);
    } catch (Throwable e) { // without an end of the stage there is none of the request
      done.completeExceptionally(e);
    }
  }

  private void end(HttpContext context, Way way) throws Exception {
    note(context, way, "writing");
    byte[] text = context.request().queryString().substring(3).getBytes(StandardCharsets.UTF_8);
    context.response().write(text);
    if (way == Way.FLUSHING || way.isBroken()) {
      note(context, way, "flushing");
      context.response().flush();
    }
    note(context, way, "ended by the application");
    if (!way.succeeds()) {
      throw new IllegalStateException("as was asked for");
    }
  }

  private void note(HttpContext context, Way way, String phase) {
    open.replace(context, way + " " + phase);
  }

  @Override
  public void disposeContext(HttpContext context, Throwable failure) {
    if (open.remove(context) == null) {
      twice.add(context);
    }
  }

  int created() {
    return created.get();
  }

  /** Returns how far each request has come that is not disposed of, at this moment. */
  List<String> open() {
    return List.copyOf(open.values());
  }

  Set<HttpContext> disposedTwice() {
    return twice;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
