package org.pipebridge.test.servlets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletDispatchFeature;

/** A pipeline that other servlets, or the container, dispatch to (W40 to W44). */
final class DispatchTest {

  private final List<String> calls = new CopyOnWriteArrayList<>();

  private final Startup pipeline =
      app -> {
        app.map(
            "/async",
            branch ->
                branch.runAsync(
                    context ->
                        CompletableFuture.runAsync(
                            () -> {
                              try {
                                context.response().write("late");
                              } catch (IOException e) {
                                throw new IllegalStateException(e);
                              }
                            })));
        app.map(
            "/broken",
            branch ->
                branch.run(
                    context -> {
                      calls.add("broken");
                      throw new IllegalStateException("secret");
                    }));
        app.run(
            context -> {
              calls.add(describe(context));
              context.response().headers().set("X-Pipeline", "seen");
              if (context.request().path().endsWith("part")) {
                context.response().setStatus(404);
              }
              context.response().write("[" + describe(context) + "]");
              context.response().flush();
            });
      };

  @ParameterizedTest
  @EnumSource
  void w41_aForwardHasThePathOfItsTarget(EmbeddedContainer container) throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      given()
          .port(server.port())
          .get("/app/forward")
          .then()
          .statusCode(200)
          .header("X-Pipeline", is("seen"));
      assertThat(calls).containsExactly("FORWARD /app/pipe /target /app/forward 200");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w42_anIncludeAddsContentOnly(EmbeddedContainer container) throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      String content =
          given()
              .port(server.port())
              .get("/app/include")
              .then()
              .statusCode(200)
              .header("X-Pipeline", nullValue())
              .header("X-Outer", "seen")
              .extract()
              .asString();
      assertThat(content).isEqualTo("before [INCLUDE /app/pipe /part null 404] after");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w42_anAsynchronousIncludeIsWaitedFor(EmbeddedContainer container) throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      String content = given().port(server.port()).get("/app/include?late").asString();
      assertThat(content).isEqualTo("before late after");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w42_aFailureInAnIncludeIsTheOuterServletsToSee(EmbeddedContainer container)
      throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      String content = given().port(server.port()).get("/app/include?broken").asString();
      assertThat(content).isIn("before caught after", ""); // Undertow answers with the error page
    }
  }

  @ParameterizedTest
  @EnumSource
  void w43_anErrorHasItsStatusAndItsCause(EmbeddedContainer container) throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      String content =
          given()
              .port(server.port())
              .get("/app/senderror")
              .then()
              .statusCode(503)
              .extract()
              .asString();
      assertThat(content).isEqualTo("[ERROR /app/pipe /error /app/senderror 503]");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w44_aFailureInAnErrorDispatchIsNotDispatchedAgain(EmbeddedContainer container)
      throws Exception {
    try (EmbeddedContainer.Running server = start(container)) {
      String content =
          given()
              .port(server.port())
              .get("/app/sendgone")
              .then()
              .statusCode(500)
              .extract()
              .asString();
      assertThat(content).isEmpty();
      assertThat(calls).containsExactly("broken");
    }
  }

  private EmbeddedContainer.Running start(EmbeddedContainer container) throws Exception {
    return container.start(
        "/app",
        this::register,
        Map.of(503, "/pipe/error", 410, "/pipe/broken", 500, "/pipe/broken"));
  }

  private void register(ServletContext context) {
    ServletRegistration.Dynamic servlet =
        context.addServlet("pipeline", new PipelineServlet(pipeline));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/pipe/*");
    add(context, "/forward", (q, r) -> q.getRequestDispatcher("/pipe/target").forward(q, r));
    add(context, "/senderror", (request, response) -> response.sendError(503));
    add(context, "/sendgone", (request, response) -> response.sendError(410));
    add(
        context,
        "/include",
        (request, response) -> {
          response.setHeader("X-Outer", "seen");
          response.getOutputStream().print("before ");
          String query = request.getQueryString();
          String target = query == null ? "part" : query.equals("late") ? "async" : query;
          try {
            request.getRequestDispatcher("/pipe/" + target).include(request, response);
          } catch (IllegalStateException e) {
            response.getOutputStream().print("caught");
          }
          response.getOutputStream().print(" after");
        });
  }

  private static void add(ServletContext context, String path, Service service) {
    context.addServlet(path, new ServiceServlet(service)).addMapping(path);
  }

  private static String describe(HttpContext context) {
    ServletDispatchFeature dispatch = context.features().require(ServletDispatchFeature.class);
    return "%s %s %s %s %d"
        .formatted(
            dispatch.type(),
            context.request().pathBase(),
            context.request().path(),
            dispatch.originalUri(),
            context.response().status());
  }

  /** What a servlet of the test does. */
  @FunctionalInterface
  private interface Service {
    void run(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private static final class ServiceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Service service;

    ServiceServlet(Service service) {
      this.service = service;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      try {
        service.run(request, response);
      } catch (IOException | RuntimeException | ServletException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
