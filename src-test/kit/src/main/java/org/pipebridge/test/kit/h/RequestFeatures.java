package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.HttpsCompressionFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K190, K191, K210: the features of a request. */
final class RequestFeatures {

  private static final List<Class<?>> REPLACED =
      List.of(HttpRequestFeature.class, HttpResponseFeature.class, HttpResponseBodyFeature.class);

  private RequestFeatures() {}

  static List<Scenario> scenarios() {
    return List.of(k190(), k190Iteration(), k190Arguments(), k191(), k210());
  }

  private static Scenario k190() {
    return Scenario.named("K190", "f1_whatIsSetIsFoundUntilItIsRemoved")
        .rules("F1", "F2", "F3", "F4", "F6", "F9")
        .application(
            (context, run) -> {
              FeatureCollection features = context.features();
              Marker first = new Marker("first");
              run.record("absent", features.get(Marker.class));
              int revision = features.revision();
              features.set(Marker.class, null);
              run.record("removing nothing", features.revision() - revision);
              features.set(Marker.class, first);
              run.record("found", features.get(Marker.class));
              run.record("by supertype", features.get(Record.class));
              revision = grown(run, "set", features, revision);
              features.set(Marker.class, first);
              revision = grown(run, "set again", features, revision);
              features.set(Marker.class, null);
              revision = grown(run, "removed", features, revision);
              run.record("absent", features.get(Marker.class));
              HttpRequestFeature own = features.require(HttpRequestFeature.class);
              features.set(HttpRequestFeature.class, delegating(HttpRequestFeature.class, own));
              run.record("replaced", features.get(HttpRequestFeature.class) != own);
              features.set(HttpRequestFeature.class, null);
              run.record("shows again", features.get(HttpRequestFeature.class) == own);
              run.record("read-only", features.isReadOnly());
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "absent=null",
                      "removing nothing=0",
                      "found=Marker[name=first]",
                      "by supertype=null",
                      "set grew=true",
                      "set again grew=true",
                      "removed grew=true",
                      "absent=null",
                      "replaced=true",
                      "shows again=true",
                      "read-only=false");
            });
  }

  private static int grown(Run run, String what, FeatureCollection features, int before) {
    run.record(what + " grew", features.revision() > before);
    return features.revision();
  }

  private static Scenario k190Iteration() {
    return Scenario.named("K190", "f5_eachFeatureIsListedOnce")
        .rules("F5", "F8")
        .application(
            (context, run) -> {
              FeatureCollection features = context.features();
              features.set(Marker.class, new Marker("x"));
              features.set(HttpRequestFeature.class, features.require(HttpRequestFeature.class));
              List<Class<?>> listed = new ArrayList<>();
              for (Map.Entry<Class<?>, Object> entry : features) {
                listed.add(entry.getKey());
                if (features.get(entry.getKey()) != entry.getValue()) {
                  run.record("another one than listed", entry.getKey());
                }
              }
              Set<Class<?>> once = new HashSet<>(listed);
              run.record("each once", once.size() == listed.size());
              run.record("all", once.containsAll(REPLACED) && once.contains(Marker.class));
              run.record("local first", listed.subList(0, 2).contains(Marker.class));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("each once=true", "all=true", "local first=true");
            });
  }

  private static Scenario k190Arguments() {
    return Scenario.named("K190", "f1_wrongArgumentsAreRefused")
        .rules("F1", "F2", "E1", "E2", "E3")
        .application(
            (context, run) -> {
              FeatureCollection features = context.features();
              run.attempt("get null", () -> features.get(absent()));
              run.attempt("set null", () -> features.set(absent(), null));
              run.attempt("require", () -> features.require(Marker.class));
              @SuppressWarnings("unchecked") // what is tested
              Class<Object> wrong = (Class<Object>) (Class<?>) Marker.class;
              run.attempt("another type", () -> features.set(wrong, "text"));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "get null=NullPointerException",
                      "set null=NullPointerException",
                      "require=IllegalStateException",
                      "another type=IllegalArgumentException");
            });
  }

  @SuppressWarnings("NullAway") // what is tested
  private static Class<Object> absent() {
    return null;
  }

  private static Scenario k191() {
    return Scenario.named("K191", "f7_aReplacedFeatureIsNotSeenByTheNextRequest")
        .rules("F7", "F9")
        .application(
            (context, run) -> {
              FeatureCollection features = context.features();
              REPLACED.forEach(
                  type ->
                      run.record("own", !Proxy.isProxyClass(features.require(type).getClass())));
              if (context.request().path().endsWith("/replace")) {
                REPLACED.forEach(type -> replace(features, type));
                context.request().setPath("/changed");
              }
              context.response().write(context.request().path());
            })
        .check(
            probe -> {
              Connection connection = probe.connect();
              connection.send(probe.request("GET", "/replace"));
              connection.answer().hasStatus(200).hasText("/changed");
              connection.send(probe.request("GET", "/next"));
              connection.answer().hasStatus(200).hasText("/next");
              assertThat(probe.facts()).hasSize(6).containsOnly("own=true");
              connection.isKept();
            });
  }

  private static <T> void replace(FeatureCollection features, Class<T> type) {
    features.set(type, delegating(type, features.require(type)));
  }

  /** A feature of another class that does what the given one does. */
  private static <T> T delegating(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                method.setAccessible(true);
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            }));
  }

  private static Scenario k210() {
    return Scenario.named("K210", "f46_anApplicationTellsACompressingMiddlewareWhatToDo")
        .rules("F46", "F7", "F9")
        .behind((app, run) -> app.use((context, next) -> compress(context, next, run)))
        .application(
            (context, run) -> {
              var compression = context.features().require(HttpsCompressionFeature.class);
              run.record("as configured", compression.mode());
              if (context.request().path().endsWith("/secret")) {
                compression.setMode(HttpsCompressionFeature.Mode.DO_NOT);
              }
            })
        .check(
            probe -> {
              probe.ask(probe.request("GET", "/secret")).isEmpty(200);
              probe.ask(probe.request("GET", "/plain")).isEmpty(200);
              assertThat(probe.facts(6))
                  .containsExactly(
                      "as configured=DEFAULT",
                      "at the start=DO_NOT",
                      "after=null",
                      "as configured=DEFAULT",
                      "at the start=DEFAULT",
                      "after=null");
            });
  }

  /** What a compressing middleware does with the feature, but for the compressing. */
  private static void compress(HttpContext context, Handler next, Run run) throws Exception {
    FeatureCollection features = context.features();
    CompressionMode mode = new CompressionMode();
    features.set(HttpsCompressionFeature.class, mode);
    context.response().onStarting(() -> run.record("at the start", mode.mode()));
    next.handle(context);
    context.response().start();
    features.set(HttpsCompressionFeature.class, null);
    run.record("after", features.get(HttpsCompressionFeature.class));
  }

  private static final class CompressionMode implements HttpsCompressionFeature {
    private Mode mode = Mode.DEFAULT;

    @Override
    public Mode mode() {
      return mode;
    }

    @Override
    public void setMode(Mode mode) {
      this.mode = mode;
    }
  }

  /** A feature of the application's own. */
  private record Marker(@Nullable String name) {}
}
