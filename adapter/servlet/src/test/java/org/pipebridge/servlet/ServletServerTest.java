package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.pipeline.ApplicationBuilder;

/** The life of a server in a container, and what it answers without an application. */
final class ServletServerTest {

  private final List<String> answered = new ArrayList<>();
  private final Stub response =
      new Stub()
          .answers("setStatus", arguments -> answered.add("status " + arguments[0]))
          .answers("setContentLength", arguments -> answered.add("length " + arguments[0]))
          .answers("setHeader", arguments -> answered.add(arguments[0] + ": " + arguments[1]))
          .returns("getOutputStream", new DiscardingOutput());

  @Test
  void s1_aServerStartsOnce() {
    ServletServer server = new ServletServer();
    PipelineApplication application = new PipelineApplication(new ApplicationBuilder().build());
    server.start(application);
    assertThatThrownBy(() -> server.start(application))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STARTED");
    server.stop(Duration.ZERO);
    server.stop(Duration.ZERO);
    assertThatThrownBy(() -> server.start(application))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("STOPPED");
  }

  @Test
  void s1_argumentsOfStartAndStopAreChecked() {
    ServletServer server = new ServletServer();
    assertThatThrownBy(() -> server.start(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> server.stop(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> server.stop(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  @Test
  void s6_beforeTheStartARequestIsRefused() throws Exception {
    new ServletServer().service(request("/x"), response.as(HttpServletResponse.class), null);
    assertThat(answered).containsExactly("status 503", "length 0", "Connection: close");
  }

  @Test
  void v9_overHttp2ARefusalSaysNothingOfTheConnection() throws Exception {
    HttpServletRequest request = request("/x", "HTTP/2.0");
    new ServletServer().service(request, response.as(HttpServletResponse.class), null);
    assertThat(answered).containsExactly("status 503", "length 0");
  }

  @Test
  void v14_aNulInTheTargetIsRefusedAndTheApplicationNotCalled() throws Exception {
    ServletServer server = new ServletServer();
    ApplicationBuilder app = new ApplicationBuilder();
    app.run(context -> answered.add("called"));
    server.start(new PipelineApplication(app.build()));
    server.service(request("/a%00b"), response.as(HttpServletResponse.class), null);
    assertThat(answered).containsExactly("status 400", "length 0", "Connection: close");
  }

  private static HttpServletRequest request(String uri) {
    return request(uri, "HTTP/1.1");
  }

  private static HttpServletRequest request(String uri, String protocol) {
    return new Stub()
        .returns("getDispatcherType", DispatcherType.REQUEST)
        .returns("getRequestURI", uri)
        .answers("getQueryString", arguments -> null)
        .returns("getProtocol", protocol)
        .returns("getScheme", "http")
        .returns("getLocalAddr", "::1")
        .returns("getLocalPort", 8080)
        .as(HttpServletRequest.class);
  }
}
