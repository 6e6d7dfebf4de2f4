package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.RawConnection;

/** Fall-through to what is asynchronous itself, or fails: whose the end is (W35, W36, W38). */
final class FallThroughToAsyncTest {

  private final List<String> order = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> go = new CompletableFuture<>();

  /** Answers from another thread, when told to. */
  private Servlet answeringLater() {
    return Servlets.of(
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.setTimeout(60_000);
          order.add("servlet");
          go.thenRunAsync(
              () -> {
                try {
                  response.getWriter().write("behind");
                } catch (IOException e) {
                  order.add(e.toString());
                }
                async.complete();
              });
        });
  }

  /** The pipeline takes so many steps for a request, all of them before the servlet answers. */
  private void isAnsweredByTheServlet(Container.Kind kind, int steps, Startup startup)
      throws Exception {
    WebApp app = new WebApp().inFront(startup).servlet("/*", answeringLater());
    try (Container container = kind.start(app)) {
      try (RawConnection connection = container.connect()) {
        connection.send(container.get("/"));
        awaitSteps(steps);
        connection.isSilent();
        go.complete(null);
        connection.answer().hasStatus(200).hasText("behind");
        connection.send(container.get("/"));
        connection.answer().hasStatus(200).hasText("behind");
        awaitSteps(2 * steps);
      }
    }
  }

  private void awaitSteps(int count) {
    assertThat(LiveThreads.await(() -> order.size() >= count))
        .as("%d of %s", count, order)
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void w35_nextEndsWhenTheChainReturns(Container.Kind kind) throws Exception {
    isAnsweredByTheServlet(
        kind,
        3,
        app ->
            app.use(
                (context, next) -> {
                  context.response().onCompleted(() -> order.add("completed"));
                  next.handle(context);
                  order.add("after " + go.isDone());
                }));

    assertThat(order)
        .containsExactly(
            "servlet", "after false", "completed", "servlet", "after true", "completed");
  }

  @ParameterizedTest
  @EnumSource
  void w35_aPartThatIsPendingAfterTheChainDelaysNothing(Container.Kind kind) throws Exception {
    isAnsweredByTheServlet(
        kind,
        2,
        app ->
            app.useAsync(
                (context, next) ->
                    next.invoke(context)
                        .thenCompose(ignored -> after(30))
                        .thenRun(() -> order.add("after"))));

    assertThat(order).containsExactly("servlet", "after", "servlet", "after");
  }

  @ParameterizedTest
  @EnumSource
  void w36_aServletBehindALateFallThroughMayStartAsync(Container.Kind kind) throws Exception {
    isAnsweredByTheServlet(
        kind,
        2,
        app ->
            app.useAsync((context, next) -> next.invoke(context).thenRun(() -> order.add("after")))
                .useAsync(LateFallThroughTest::later));

    assertThat(order).containsExactly("servlet", "after", "servlet", "after");
  }

  @ParameterizedTest
  @EnumSource
  void w35_aPendingPartAfterAnAnswerThatIsCompleteKeepsIt(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.useAsync(
                        (context, next) ->
                            next.invoke(context)
                                .thenCompose(ignored -> after(30))
                                .thenRun(() -> order.add("status " + context.response().status()))))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      response.setStatus(201);
                      response.getWriter().write("behind");
                    }));

    try (Container container = kind.start(app);
        RawConnection connection = container.connect()) {
      for (int i = 0; i < 2; i++) {
        connection.send(container.get("/"));
        connection.answer().hasStatus(201).hasText("behind");
      }
    }
    assertThat(order).containsExactly("status 201", "status 201");
  }

  @ParameterizedTest
  @EnumSource
  void w36_aFailureBehindALateFallThroughPassesThrough(Container.Kind kind) throws Exception {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    UnsupportedOperationException failure = new UnsupportedOperationException("behind");
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline
                        .useAsync(
                            (context, next) ->
                                next.invoke(context).whenComplete((ignored, e) -> caught.set(e)))
                        .useAsync(LateFallThroughTest::later))
            .servlet(
                "/fails",
                Servlets.of(
                    (request, response) -> {
                      throw failure;
                    }))
            .servlet("/page", Servlets.saying("the page"))
            .errorPage(500, "/page");

    try (Container container = kind.start(app)) {
      Answer answer = container.ask(container.get("/fails")).hasStatus(500);
      // Undertow asks no error page for the failure of an asynchronous dispatch, but makes its own
      assertThat(answer.text()).isNotEmpty();
    }
    assertThat(caught.get()).hasRootCause(failure);
  }

  @ParameterizedTest
  @EnumSource
  void w35_aPipelineThatSwallowsAFailureAnswersNothingElse(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          try {
                            next.handle(context);
                          } catch (UnsupportedOperationException e) {
                            order.add("swallowed");
                          }
                        }))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      response.setStatus(202);
                      throw new UnsupportedOperationException("behind");
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).isEmpty(202);
    }
    assertThat(order).containsExactly("swallowed");
  }

  @ParameterizedTest
  @EnumSource
  void w35_aPipelineThatFailsAfterTheChainFailsTheRequest(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          next.handle(context);
                          throw new UnsupportedOperationException("in front");
                        }))
            .servlet("/*", Servlets.of((request, response) -> response.setStatus(202)))
            .servlet("/page", Servlets.saying("the page"))
            .errorPage(UnsupportedOperationException.class, "/page");

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).hasStatus(500).hasText("the page");
    }
  }

  private static CompletableFuture<Void> after(int millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }
}
