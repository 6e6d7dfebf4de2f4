package org.pipebridge.test.servlets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.servlet.PipelineServlet;

/** What filters in front may do to a pipeline, and what it makes of that. */
final class AsyncSupportTest {

  private static final Logger LOGGER = Logger.getLogger("org.pipebridge.servlet");

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private final Startup pipeline =
      app -> {
        app.map(
            "/read",
            branch ->
                branch.run(
                    context -> {
                      try {
                        context.request().body().read();
                      } catch (IllegalStateException e) {
                        failures.add(e);
                        throw e;
                      }
                    }));
        app.runAsync(
            context ->
                CompletableFuture.runAsync(
                    () -> {
                      try {
                        context.response().write("late");
                      } catch (IOException e) {
                        throw new IllegalStateException(e);
                      }
                    },
                    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)));
      };

  @ParameterizedTest
  @EnumSource
  void w11_withoutAsyncSupportTheContainersThreadWaits(EmbeddedContainer container)
      throws Exception {
    String path = "/only-async-in-" + container; // others warn, too
    Handler handler = handler(path);
    LOGGER.addHandler(handler);
    try (EmbeddedContainer.Running server =
        start(container, (q, r, chain) -> chain.doFilter(q, r))) {
      for (int i = 0; i < 3; i++) {
        assertThat(
                given().port(server.port()).get(path).then().statusCode(200).extract().asString())
            .isEqualTo("late");
      }
    } finally {
      LOGGER.removeHandler(handler);
    }
    assertThat(warnings).singleElement().asString().contains("async-supported");
  }

  @ParameterizedTest
  @EnumSource
  void v47_aReaderTakenInFrontIsNamedAsTheReason(EmbeddedContainer container) throws Exception {
    try (EmbeddedContainer.Running server =
        start(
            container,
            (request, response, chain) -> {
              request.getReader();
              chain.doFilter(request, response);
            })) {
      given().port(server.port()).body("x").post("/read").then().statusCode(500);
    }
    assertThat(failures).singleElement().asString().contains("reader");
  }

  private EmbeddedContainer.Running start(EmbeddedContainer container, Filter inFront)
      throws Exception {
    return container.start(context -> register(context, inFront));
  }

  private void register(ServletContext context, Filter inFront) {
    FilterRegistration.Dynamic filter = context.addFilter("in front", inFront);
    filter.setAsyncSupported(false);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    ServletRegistration.Dynamic servlet =
        context.addServlet("pipeline", new PipelineServlet(pipeline));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
  }

  private Handler handler(String path) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        String message = new SimpleFormatter().formatMessage(record);
        if (record.getLevel().equals(Level.WARNING) && message.contains(path)) {
          warnings.add(message);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
