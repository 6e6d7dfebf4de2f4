package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.servlets.EmbeddedContainer.Running;
import org.pipebridge.test.servlets.EmbeddedContainer.WebApp;

/** V20: where a servlet is mounted, as containers tell it. */
final class MountTest {

  private final HttpClient client = HttpClient.newHttpClient();

  /** K96. */
  @ParameterizedTest
  @EnumSource
  void v19_pathBaseAndPathAreTheWholePath(EmbeddedContainer container) throws Exception {
    try (Running running = container.start("/base", mapped("/*"), Map.of())) {
      assertThat(get(running, "/base/")).isEqualTo("/* [/base] [/]");
      assertThat(get(running, "/base/x")).isEqualTo("/* [/base] [/x]");
      assertThat(get(running, "/base/x;p=1/%C3%A9")).isEqualTo("/* [/base] [/x/\u00e9]");
    }
  }

  /** K97. */
  @ParameterizedTest
  @EnumSource
  void v20_mountPointHasTheMappedPrefix(EmbeddedContainer container) throws Exception {
    WebApp app = mapped("/x/*", "/", "*.do", "/exact");
    try (Running running = container.start("/c", app, Map.of())) {
      assertThat(get(running, "/c/x/y")).isEqualTo("/x/* [/c/x] [/y]");
      assertThat(get(running, "/c/x/")).isEqualTo("/x/* [/c/x] [/]");
      assertThat(get(running, "/c/x")).isEqualTo("/x/* [/c/x] []");
      assertThat(get(running, "/c/xy")).isEqualTo("/ [/c] [/xy]");
      assertThat(get(running, "/c/")).isEqualTo("/ [/c] [/]");
      assertThat(get(running, "/c/a/b")).isEqualTo("/ [/c] [/a/b]");
      assertThat(get(running, "/c/a/b.do")).isEqualTo("*.do [/c] [/a/b.do]");
      assertThat(get(running, "/c/exact")).isEqualTo("/exact [/c/exact] []");
      assertThat(get(running, "/c/exact/y")).isEqualTo("/ [/c] [/exact/y]");
    }
  }

  /** K98. */
  @ParameterizedTest
  @EnumSource
  void v20_contextsOfAnyDepthAreMountPoints(EmbeddedContainer container) throws Exception {
    try (Running running = container.start("/2/3", mapped("/*"), Map.of())) {
      assertThat(get(running, "/2/3/r")).isEqualTo("/* [/2/3] [/r]");
    }
    try (Running running = container.start("", mapped("/*"), Map.of())) {
      assertThat(get(running, "/2/3/r")).isEqualTo("/* [] [/2/3/r]");
    }
  }

  /** K98: a container may redirect to the context's root instead. */
  @ParameterizedTest
  @EnumSource
  void v19_mountPointItselfHasNoPath(EmbeddedContainer container) throws Exception {
    try (Running running = container.start("/11", mapped("/*"), Map.of())) {
      HttpResponse<String> response = send(running, "/11");
      if (response.statusCode() / 100 == 3) {
        assertThat(response.headers().firstValue("Location")).get().asString().endsWith("/11/");
      } else {
        assertThat(response.body()).isEqualTo("/* [/11] []");
      }
    }
  }

  private String get(Running running, String target) throws Exception {
    HttpResponse<String> response = send(running, target);
    assertThat(response.statusCode()).as("status of %s", target).isEqualTo(200);
    return response.body();
  }

  private HttpResponse<String> send(Running running, String target) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + running.port() + target);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** An application with a servlet for each pattern, which tells what it sees of a request. */
  private static WebApp mapped(String... patterns) {
    return context -> {
      for (String pattern : patterns) {
        ServletRegistration.Dynamic servlet =
            context.addServlet(
                "at " + pattern,
                new PipelineServlet(
                    app ->
                        app.run(
                            c ->
                                c.response()
                                    .write(
                                        pattern
                                            + " ["
                                            + c.request().pathBase()
                                            + "] ["
                                            + c.request().path()
                                            + "]"))));
        servlet.setAsyncSupported(true);
        assertThat(servlet.addMapping(pattern)).as("mappings that are taken").isEmpty();
      }
    };
  }
}
