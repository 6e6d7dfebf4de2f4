package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.servlet.PipelineFilter;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.RawConnection;

/** K196 to K198: what a pipeline does not answer goes on to the application behind (W30 to W38). */
final class FallThroughTest {

  private final List<String> seen = new CopyOnWriteArrayList<>();

  private void attempt(String name, Attempt attempt) {
    try {
      attempt.run();
      seen.add(name + " works");
    } catch (Exception e) {
      seen.add(name + " throws " + e.getClass().getSimpleName());
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void addHeaders(HttpContext context, Handler next) throws Exception {
    context.response().headers().set("X-Pipeline", "yes");
    context.response().headers().set("X-Both", "pipeline");
    context.response().cookies().append("pipeline", "1");
    next.handle(context);
  }

  @ParameterizedTest
  @EnumSource
  void w32_headersOfThePipelineAreOnTheAnswerOfTheServlet(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .filter(
                "/*",
                (request, response, chain) -> {
                  var http = (jakarta.servlet.http.HttpServletResponse) response;
                  http.addHeader("X-Both", "in front");
                  http.addHeader("Set-Cookie", "front=1");
                  chain.doFilter(request, response);
                })
            .inFront(pipeline -> pipeline.use(FallThroughTest::addHeaders))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      request.getSession();
                      response.setStatus(202);
                      response.setHeader("X-Servlet", "yes");
                      response.getWriter().write("behind");
                    }));

    try (Container container = kind.start(app)) {
      Answer answer = container.ask(container.get("/")).hasStatus(202).hasText("behind");
      answer.hasHeader("X-Pipeline", "yes").hasHeader("X-Servlet", "yes");
      answer.hasHeader("X-Both", "pipeline");
      assertThat(answer.head().values("Set-Cookie"))
          .anyMatch(cookie -> cookie.startsWith("front=1"))
          .anyMatch(cookie -> cookie.startsWith("pipeline=1"))
          .anyMatch(cookie -> cookie.startsWith("JSESSIONID="))
          .hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void v9_theConnectionIsClosedWhateverTheServletAnswers(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          context.response().headers().set("Connection", "close");
                          next.handle(context);
                        }))
            .servlet("/*", Servlets.of((request, response) -> response.setStatus(304)));

    try (Container container = kind.start(app);
        RawConnection connection = container.connect()) {
      connection.send(container.get("/"));
      connection.answer().hasStatus(304).hasText("").hasHeader("Connection", "close");
      connection.isClosed();
    }
  }

  @ParameterizedTest
  @EnumSource
  void w32_aStatusOfThePipelineIsKeptUnlessItIs200(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          context.response().setStatus(207);
                          next.handle(context);
                        }))
            .servlet("/*", Servlets.saying("behind"));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).hasStatus(207).hasText("behind");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w32_theResponseIsLatchedBeforeTheServletRuns(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          context
                              .response()
                              .onStarting(
                                  () -> {
                                    seen.add("starting");
                                    context.response().headers().set("X-Late", "yes");
                                  });
                          next.handle(context);
                          seen.add("started " + context.response().hasStarted());
                          seen.add("status " + context.response().status());
                          seen.add("X-Late " + context.response().headers().first("X-Late"));
                          attempt("set", () -> context.response().headers().set("X-A", "a"));
                          attempt("status", () -> context.response().setStatus(400));
                          attempt("write", () -> context.response().write("x"));
                          attempt("flush", () -> context.response().flush());
                          attempt("complete", () -> context.response().complete());
                          attempt("read", () -> context.request().body().read());
                        }))
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) -> {
                      seen.add("committed " + response.isCommitted());
                      response.setStatus(299);
                      response.getWriter().write("behind");
                    }));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).hasStatus(299).hasText("behind").hasHeader("X-Late", "yes");
    }
    assertThat(seen)
        .containsExactly(
            "starting",
            "committed false",
            "started true",
            "status 299",
            "X-Late yes",
            "set throws IllegalStateException",
            "status throws IllegalStateException",
            "write throws IllegalStateException",
            "flush throws IllegalStateException",
            "complete throws IllegalStateException",
            "read throws IllegalStateException");
  }

  @ParameterizedTest
  @EnumSource
  void w37_anAnswerOfThePipelineNeverReachesTheServlet(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline -> {
                  pipeline.map("/404", branch -> branch.run(c -> c.response().setStatus(404)));
                  pipeline.map("/none", branch -> branch.run(c -> {}));
                  pipeline.map(
                      "/started",
                      branch ->
                          branch.use(
                              (context, next) -> {
                                context.response().write("answer");
                                attempt("next", () -> next.handle(context));
                              }));
                })
            .servlet("/*", Servlets.of((request, response) -> seen.add(request.getRequestURI())));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/404")).isEmpty(404);
      container.ask(container.get("/none")).isEmpty(200);
      container.ask(container.get("/started")).hasStatus(200).hasText("answer");
      container.ask(container.get("/behind")).isEmpty(200);
    }
    assertThat(seen).containsExactly("next throws IllegalStateException", "/behind");
  }

  @ParameterizedTest
  @EnumSource
  void w35_aFailureOfTheServletPassesThroughToTheErrorPage(Container.Kind kind) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Throwable> caught = new AtomicReference<>();
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          context.response().headers().set("X-Pipeline", "yes");
                          context.response().onCompleted(() -> seen.add("completed"));
                          try {
                            next.handle(context);
                          } catch (Exception e) {
                            caught.set(e);
                            throw e;
                          }
                        }))
            .servlet(
                "/io",
                Servlets.of(
                    (request, response) -> {
                      thrown.set(new CustomException());
                      throw (CustomException) thrown.get();
                    }))
            .servlet(
                "/servlet",
                Servlets.of(
                    (request, response) -> {
                      thrown.set(new ServletException(new CustomException()));
                      throw (ServletException) thrown.get();
                    }))
            .servlet(
                "/runtime",
                Servlets.of(
                    (request, response) -> {
                      thrown.set(new UnsupportedOperationException("behind"));
                      throw (UnsupportedOperationException) thrown.get();
                    }))
            .servlet(
                "/page", Servlets.of((request, response) -> response.getWriter().write("the page")))
            .errorPage(CustomException.class, "/page")
            .errorPage(500, "/page");

    try (Container container = kind.start(app)) {
      for (String path : List.of("/io", "/servlet", "/runtime")) {
        container.ask(container.get(path)).hasStatus(500).hasText("the page");
        assertThat(caught.get()).isSameAs(thrown.get());
      }
    }
    assertThat(seen).containsExactly("completed", "completed", "completed"); // W38
  }

  /** An exception that an error page is mapped to. */
  private static final class CustomException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource
  void w34_aRuleOnThePathHoldsForWhatTheContainerMaps(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .inFront(
                pipeline ->
                    pipeline.use(
                        (context, next) -> {
                          seen.add(context.request().path());
                          context.request().setPath("/elsewhere");
                          next.handle(context);
                        }))
            .servlet("/secret/*", Servlets.saying("secret"))
            .servlet("/*", Servlets.saying("other"));

    try (Container container = kind.start(app)) {
      String plain = container.ask(container.get("/secret/x")).text();
      String doubled = container.ask(container.get("//secret///x")).text();
      assertThat(plain).isEqualTo("secret");
      if (doubled.equals("secret")) {
        assertThat(seen).containsExactly("/secret/x", "/secret/x");
      }
    }
    assertThat(seen).contains("/secret/x").doesNotContain("/elsewhere");
  }

  @ParameterizedTest
  @EnumSource
  void p2_withoutFallThroughTheEndIsANotFound(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .parameter("pipebridge.fallThrough", "false")
            .filter("/*", new PipelineFilter(pipeline -> {}))
            .servlet("/*", Servlets.saying("behind"));

    try (Container container = kind.start(app)) {
      container.ask(container.get("/")).isEmpty(404);
    }
  }
}
