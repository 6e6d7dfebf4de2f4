package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;

/** K199: a pipeline that went asynchronous before it falls through (W36). */
final class LateFallThroughTest {

  private final List<String> order = new CopyOnWriteArrayList<>();

  /** Passes a request through after a while, on a thread that is none of the container's. */
  static CompletionStage<Void> later(HttpContext context, RequestDelegate next) {
    return CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
        .thenCompose(
            ignored -> {
              try {
                return next.invoke(context);
              } catch (Exception e) {
                return CompletableFuture.failedStage(e);
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void w36_theServletBehindAnswersAfterAnAsynchronousPart(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline
                        .useAsync(
                            (context, next) ->
                                next.invoke(context).thenRun(() -> order.add("after")))
                        .useAsync(LateFallThroughTest::later))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      order.add("servlet");
                      response.getWriter().write("behind " + request.getRequestURI());
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/x")).hasStatus(200).hasText("behind /x");
    }
    assertThat(order).containsExactly("servlet", "after");
  }

  @ParameterizedTest
  @EnumSource
  void w36_aBlockingPartMayWaitInFrontOfAnAsynchronousOne(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline
                        .use(
                            (context, next) -> {
                              next.handle(context);
                              order.add("after");
                            })
                        .useAsync(LateFallThroughTest::later))
            .servlet("/*", Servlets.saying("behind"));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/x")).hasStatus(200).hasText("behind");
    }
    assertThat(order).containsExactly("after");
  }

  @ParameterizedTest
  @EnumSource
  void w11_theWaitingThreadTakesAFallThroughWithoutAsync(Container.Kind kind) throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Filter remembering =
        (request, response, chain) -> {
          thread.set(Thread.currentThread());
          chain.doFilter(request, response);
          order.add("left");
        };
    WebApp app =
        new WebApp()
            .filter("/*", false, EnumSet.of(DispatcherType.REQUEST), remembering)
            .inFront(pipeline -> pipeline.useAsync(LateFallThroughTest::later))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      order.add("same thread " + (thread.get() == Thread.currentThread()));
                      response.getWriter().write("behind");
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/x")).hasStatus(200).hasText("behind");
    }
    assertThat(order).containsExactly("same thread true", "left");
  }

  @ParameterizedTest
  @EnumSource
  void w36_theObjectsReceivedAreHandedOnLate(Container.Kind kind) throws Exception {
    Filter wrapping =
        (request, response, chain) -> {
          var wrapper = new HttpServletResponseWrapper((HttpServletResponse) response);
          request.setAttribute("wrapper", wrapper);
          chain.doFilter(request, wrapper);
        };
    WebApp app =
        new WebApp()
            .filter("/*", true, EnumSet.of(DispatcherType.REQUEST), wrapping)
            .inFront(
                pipeline ->
                    pipeline
                        .use(
                            (context, next) -> {
                              context.response().headers().set("X-Pipeline", "yes");
                              context.response().onStarting(() -> order.add("starting"));
                              next.handle(context);
                              order.add("status " + context.response().status());
                            })
                        .useAsync(LateFallThroughTest::later))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      order.add("wrapped " + (response == request.getAttribute("wrapper")));
                      response.setStatus(203);
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/x")).isEmpty(203).hasHeader("X-Pipeline", "yes");
    }
    assertThat(order).containsExactly("starting", "wrapped true", "status 203");
  }

  @ParameterizedTest
  @EnumSource
  void w36_aLateDispatchFindsTheSameServlet(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .at("/app")
            .inFront(pipeline -> pipeline.useAsync(LateFallThroughTest::later))
            .servlet(
                "/s/*",
                Servlets.of(
                    (request, response) ->
                        response
                            .getWriter()
                            .write(request.getPathInfo() + " " + request.getQueryString())));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/s/a%20b?q=%20&p")).hasText("/a b q=%20&p");
      container.ask(container.get("/s/a;v=1/b")).hasText("/a/b null");
      container.ask(container.get("/s/a%3Fb?c")).hasText("/a?b c");
    }
  }
}
