package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

final class ApplicationBuilderTest {

  private final List<String> log = new ArrayList<>();

  @Test
  void p1_firstAddedSeesTheRequestFirstAndTheResponseLast() throws Exception {
    var app = new ApplicationBuilder();
    app.use(logging("a")).useAsync(loggingAsync("b")).use(logging("c")).run(c -> log.add("end"));

    Contexts.run(app, "/");

    assertThat(log).containsExactly("a>", "b>", "c>", "end", "<c", "<b", "<a");
  }

  @Test
  void p1_eachBuildIsIndependentAndLaterAdditionsDoNotChangeIt() throws Exception {
    var app = new ApplicationBuilder().use(logging("a"));
    RequestDelegate first = app.build();
    RequestDelegate second = app.use(logging("b")).build();

    Contexts.run(first, Contexts.get("/"));
    assertThat(log).containsExactly("a>", "<a");

    log.clear();
    Contexts.run(second, Contexts.get("/"));
    assertThat(log).containsExactly("a>", "b>", "<b", "<a");
    assertThat(app.build()).isNotSameAs(second);
  }

  @Test
  void p1_oneInstanceServesAllRequests() throws Exception {
    List<HttpContext> seen = new ArrayList<>();
    RequestDelegate pipeline =
        new ApplicationBuilder().use((context, next) -> seen.add(context)).build();
    HttpContext one = Contexts.get("/1");
    HttpContext two = Contexts.get("/2");

    Contexts.run(pipeline, one);
    Contexts.run(pipeline, two);

    assertThat(seen).containsExactly(one, two);
  }

  @Test
  void p2_anEmptyPipelineAnswers404() throws Exception {
    assertThat(Contexts.status(Contexts.run(new ApplicationBuilder(), "/"))).isEqualTo(404);
  }

  @Test
  void p2_theEndLeavesAStartedResponseAlone() throws Exception {
    var app = new ApplicationBuilder();
    app.use(
        (context, next) -> {
          Contexts.start(context);
          next.handle(context);
        });

    assertThat(Contexts.status(Contexts.run(app, "/"))).isEqualTo(200);
  }

  @Test
  void p8_theChainAllocatesNothing() throws Exception {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    var app = new ApplicationBuilder();
    app.use((context, next) -> next.handle(context));
    app.useAsync((context, next) -> next.invoke(context));
    app.useWhen(context -> true, branch -> branch.use((context, next) -> next.handle(context)));
    app.map("/other", branch -> {}).use((context, next) -> next.handle(context));
    RequestDelegate pipeline = app.run(context -> {}).build();
    HttpContext context = Contexts.get("/");
    int requests = 10_000;
    pipeline.invoke(context);

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < requests; i++) {
      pipeline.invoke(context);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / requests).as("bytes per request").isZero();
  }

  @Test
  void p2_anEndOfItsOwnReplacesThe404InEveryBranch() throws Exception {
    RequestDelegate end =
        context -> {
          log.add("end");
          return Stages.completed();
        };
    var app = new ApplicationBuilder(new FeatureMap(), end);
    app.map("/a", branch -> branch.mapWhen(context -> true, inner -> {}));
    RequestDelegate own = app.newBuilder().build();

    assertThat(Contexts.status(Contexts.run(app, "/a"))).isEqualTo(200);
    assertThat(Contexts.status(Contexts.run(app, "/b"))).isEqualTo(200);
    Contexts.run(own, Contexts.get("/c"));
    assertThat(log).containsExactly("end", "end", "end");
  }

  @Test
  void p3_whatIsRegisteredAfterRunIsNotReached() throws Exception {
    var blocking = new ApplicationBuilder().run(c -> log.add("run")).use(logging("never"));
    var async = new ApplicationBuilder().runAsync(c -> Stages.completed()).use(logging("never"));

    assertThat(Contexts.status(Contexts.run(blocking, "/"))).isEqualTo(200);
    assertThat(Contexts.status(Contexts.run(async, "/"))).isEqualTo(200);
    assertThat(log).containsExactly("run");
  }

  @Test
  @SuppressWarnings("NullAway")
  void p3_nullIsRefusedAtRegistration() {
    var app = new ApplicationBuilder();
    Predicate<HttpContext> always = context -> true;
    Consumer<ApplicationBuilder> nothing = branch -> {};

    assertThatNullPointerException().isThrownBy(() -> app.use(null)).withMessage("middleware");
    assertThatNullPointerException().isThrownBy(() -> app.useAsync(null)).withMessage("middleware");
    assertThatNullPointerException().isThrownBy(() -> app.run(null)).withMessage("handler");
    assertThatNullPointerException().isThrownBy(() -> app.runAsync(null)).withMessage("handler");
    assertThatNullPointerException().isThrownBy(() -> app.map(null, nothing)).withMessage("prefix");
    assertThatNullPointerException().isThrownBy(() -> app.map("/a", null)).withMessage("branch");
    assertThatNullPointerException()
        .isThrownBy(() -> app.mapWhen(null, nothing))
        .withMessage("condition");
    assertThatNullPointerException()
        .isThrownBy(() -> app.mapWhen(always, null))
        .withMessage("branch");
    assertThatNullPointerException()
        .isThrownBy(() -> app.useWhen(null, nothing))
        .withMessage("condition");
    assertThatNullPointerException()
        .isThrownBy(() -> app.useWhen(always, null))
        .withMessage("branch");
    assertThatNullPointerException()
        .isThrownBy(() -> new ApplicationBuilder(null))
        .withMessage("serverFeatures");
  }

  @Test
  void p6_notCallingNextEndsTheRequest() throws Exception {
    var app = new ApplicationBuilder().use((context, next) -> log.add("only")).use(logging("b"));

    assertThat(Contexts.status(Contexts.run(app, "/"))).isEqualTo(200);
    assertThat(log).containsExactly("only");
  }

  @Test
  void p6_callingNextTwiceRunsDownstreamTwice() throws Exception {
    var app = new ApplicationBuilder();
    app.use(
            (context, next) -> {
              next.handle(context);
              next.handle(context);
            })
        .run(context -> log.add("run"));

    Contexts.run(app, "/");

    assertThat(log).containsExactly("run", "run");
  }

  @Test
  void p7_eachUpstreamMiddlewareSeesTheFailureAndMayAnswer() throws Exception {
    var failure = new IllegalStateException("inner");
    List<Throwable> seen = new ArrayList<>();
    var app = new ApplicationBuilder();
    app.use(
        (context, next) -> {
          try {
            next.handle(context);
          } catch (IllegalStateException e) {
            seen.add(e);
          }
        });
    app.useAsync(
        (context, next) ->
            next.invoke(context).whenComplete((done, e) -> seen.add(Stages.unwrap(e))));
    app.run(
        context -> {
          throw failure;
        });

    Contexts.run(app, "/");

    assertThat(seen).containsExactly(failure, failure);
  }

  @Test
  void p7_whatNobodyCatchesLeavesThePipeline() {
    var failure = new AssertionError("an Error too");
    var app = new ApplicationBuilder().use((context, next) -> next.handle(context));
    app.run(
        context -> {
          throw failure;
        });

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Contexts.run(app, "/"))
        .isSameAs(failure);
  }

  @Test
  void p8_aSynchronousPipelineStaysOnItsThreadAndReturnsTheCompleteStage() throws Exception {
    List<Thread> threads = new ArrayList<>();
    var app = new ApplicationBuilder();
    app.use(
        (context, next) -> {
          threads.add(Thread.currentThread());
          next.handle(context);
        });
    app.useAsync(
        (context, next) -> {
          threads.add(Thread.currentThread());
          return next.invoke(context);
        });
    app.useWhen(context -> true, branch -> branch.use((context, next) -> next.handle(context)));
    app.map("", branch -> branch.run(context -> threads.add(Thread.currentThread())));

    assertThat(app.build().invoke(Contexts.get("/")) == Stages.completed()).isTrue();
    assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
  }

  @Test
  void p13_aNewBuilderHasNoPartsAndItsOwnCopyOfTheProperties() throws Exception {
    var serverFeatures = new FeatureMap();
    var app = new ApplicationBuilder(serverFeatures).run(context -> log.add("run"));
    app.properties().put("a", 1);

    ApplicationBuilder child = app.newBuilder();
    child.properties().put("a", 2);
    child.properties().put("b", 3);

    assertThat(app.properties()).containsOnlyKeys("a").containsEntry("a", 1);
    assertThat(child.properties()).containsEntry("a", 2).containsEntry("b", 3);
    assertThat(app.newBuilder().properties()).containsEntry("a", 1);
    assertThat(child.serverFeatures()).isSameAs(serverFeatures);
    assertThat(Contexts.status(Contexts.run(child, "/"))).isEqualTo(404);
    assertThat(log).isEmpty();
  }

  @Test
  void p13_withoutAServerTheServerFeaturesAreEmpty() {
    assertThat(new ApplicationBuilder().serverFeatures()).isEmpty();
  }

  private Middleware logging(String name) {
    return (context, next) -> {
      log.add(name + ">");
      next.handle(context);
      log.add("<" + name);
    };
  }

  private AsyncMiddleware loggingAsync(String name) {
    return (context, next) -> {
      log.add(name + ">");
      return next.invoke(context).thenRun(() -> log.add("<" + name));
    };
  }
}
