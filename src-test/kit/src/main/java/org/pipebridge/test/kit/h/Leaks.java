package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestIdentifierFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K204: what is kept of a request is of no use in the next one, and harms nobody. */
final class Leaks {

  private static final List<Class<?>> OF_THE_SERVER =
      List.of(
          HttpRequestFeature.class,
          HttpRequestBodyFeature.class,
          HttpResponseFeature.class,
          HttpResponseBodyFeature.class,
          HttpRequestIdentifierFeature.class,
          HttpConnectionFeature.class,
          HttpBodyControlFeature.class,
          HttpMaxRequestBodySizeFeature.class,
          HttpRequestBodyDetectionFeature.class);

  private Leaks() {}

  static List<Scenario> scenarios() {
    return List.of(k204(), k204OtherThread(), k204Values());
  }

  /** Something of a request that was kept, to be used as what it is. */
  private record Kept(Class<?> type, Object target) {}

  private static List<Kept> keep(HttpContext context) {
    HttpRequest request = context.request();
    HttpResponse response = context.response();
    List<Kept> all = new ArrayList<>();
    all.add(new Kept(HttpContext.class, context));
    all.add(new Kept(HttpRequest.class, request));
    all.add(new Kept(HttpResponse.class, response));
    all.add(new Kept(FeatureCollection.class, context.features()));
    all.add(new Kept(Headers.class, request.headers()));
    all.add(new Kept(Headers.class, response.headers()));
    all.add(new Kept(InputStream.class, request.body()));
    all.add(new Kept(OutputStream.class, response.body()));
    for (Class<?> type : OF_THE_SERVER) {
      all.add(new Kept(type, context.features().require(type)));
    }
    return all;
  }

  private static List<String> usable(List<Kept> all) throws Exception {
    Path file = Files.createTempFile("kit", ".txt");
    try {
      Members members = new Members(Files.writeString(file, "content"));
      List<String> usable = new ArrayList<>();
      for (Kept kept : all) {
        usable.addAll(members.usable(kept.type, kept.target));
      }
      return usable;
    } finally {
      Files.delete(file);
    }
  }

  /** Lets the requests of one run share something. */
  private static <T> Scenario.Builder sharing(String name, Class<T> type) {
    return Scenario.named("K204", name)
        .behind(
            (app, run) -> {
              AtomicReference<T> shared = new AtomicReference<>();
              app.useAsync(
                  (context, next) -> {
                    context.items().put(type, shared);
                    return next.invoke(context);
                  });
            });
  }

  @SuppressWarnings("unchecked")
  private static <T> AtomicReference<T> shared(HttpContext context, Class<T> type) {
    return Objects.requireNonNull((AtomicReference<T>) context.items().get(type));
  }

  private static Scenario k204() {
    return sharing("c12_eachMemberOfAnEndedRequestRefuses", List.class)
        .rules("C12", "F12")
        .application(
            (context, run) -> {
              @SuppressWarnings("unchecked")
              AtomicReference<List<Kept>> kept =
                  (AtomicReference<List<Kept>>) (AtomicReference<?>) shared(context, List.class);
              if (kept.get() == null) {
                kept.set(keep(context));
                context.response().write("first");
              } else {
                run.awaitEnd((HttpContext) kept.get().get(0).target());
                run.record("usable", usable(kept.get()));
                context.response().headers().set("X-App", "second");
                context.response().write("second");
              }
            })
        .check(
            probe -> {
              Connection connection = probe.connect();
              ask(probe, connection).hasText("first").hasNo("X-App");
              connection.isKept();
              ask(probe, connection).hasText("second").hasHeader("X-App", "second");
              assertThat(probe.facts()).containsExactly("usable=[]");
              connection.isKept();
            });
  }

  private static Answer ask(Probe probe, Connection connection) {
    connection.send(probe.request("POST", "/").content("content"));
    return connection.answer().hasStatus(200);
  }

  private static Scenario k204OtherThread() {
    return Scenario.named("K204", "c14_aThreadThatWritesOnNeverReachesAnotherResponse")
        .rules("C14", "C12")
        .application(
            (context, run) -> {
              if (context.request().path().endsWith("/leak")) {
                writeOn(context, run);
              } else {
                context.response().write("hello");
              }
            })
        .check(
            probe -> {
              Connection connection = probe.connect();
              for (int i = 0; i < 20; i++) {
                connection.send(probe.request("GET", "/leak"));
                Answer leaked = connection.answer().hasStatus(200).isWhole();
                assertThat(leaked.text()).matches("x+");
                connection.send(probe.get());
                connection.answer().hasStatus(200).hasText("hello");
              }
              probe.await("20 threads ended", () -> ended(probe) == 20);
            });
  }

  private static long ended(Probe probe) {
    return probe.facts().stream().filter("ended=IllegalStateException"::equals).count();
  }

  /** Begins to write from another thread, which goes on until that is refused for good. */
  private static void writeOn(HttpContext context, Run run) throws Exception {
    OutputStream stream = context.response().body();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    Run.Attempt writing =
        () -> {
          stream.write('x');
          begun.complete(null);
          while (run.attemptQuietly(() -> stream.write('x'))) {
            Thread.onSpinWait();
          }
          stream.write('x');
        };
    Thread thread = new Thread(() -> run.attempt("ended", writing));
    thread.setDaemon(true);
    thread.start();
    begun.get(10, TimeUnit.SECONDS);
  }

  private static Scenario k204Values() {
    return sharing("c12_anAbortIsHarmlessAndTakenValuesStay", HttpContext.class)
        .rules("C12", "A4")
        .application(
            (context, run) -> {
              AtomicReference<HttpContext> kept = shared(context, HttpContext.class);
              HttpContext first = kept.getAndSet(context);
              if (first == null) {
                Map<Object, Object> items = context.items();
                String path = context.request().path();
                context
                    .response()
                    .onCompleted(() -> run.record("path", path + " " + items.containsKey("x")));
                items.put("x", "x");
              } else {
                run.awaitEnd(first);
                first.abort();
                run.record("aborted", first.isAborted());
                CompletableFuture<Void> aborted = first.aborted().toCompletableFuture();
                run.attempt("waiting", () -> aborted.get(50, TimeUnit.MILLISECONDS));
              }
              context.response().write("hello");
            })
        .check(
            probe -> {
              Connection connection = probe.connect();
              ask(probe, connection).hasText("hello");
              connection.isKept();
              ask(probe, connection).hasText("hello");
              assertThat(probe.facts())
                  .containsExactly("path=/ true", "aborted=false", "waiting=TimeoutException");
              connection.isKept();
            });
  }
}
