package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.PathString;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.servlet.HttpServletFeature;
import org.pipebridge.servlet.PipelineFilter;
import org.pipebridge.servlet.PipelineServlet;

/**
 * Targets that are meant to make a pipeline and its container see different paths, so that a rule
 * of the one does not hold for what the other does (V15, V16, V20, W34).
 */
final class HostileTargetsTest {

  private static final List<String> TARGETS =
      List.of(
          "/plain/x",
          "//plain//x",
          "/x//../plain",
          "/x/y//../plain",
          "/x/.//../plain",
          "/x/../plain",
          "/x/..;/plain",
          "/x/..;a=b/plain",
          "/x/%2e%2e/plain",
          "/x/%2E%2e;/plain",
          "/x/.;/plain",
          "/x;/plain",
          "/x;/../plain",
          "/x%2Fplain",
          "/x/..%2Fplain",
          "/x%3B/plain",
          "/x/%252e%252e/plain",
          "/plain;jsessionid=1");

  @ParameterizedTest
  @EnumSource
  void w34_aRuleOnThePathHoldsForWhatTheContainerMaps(EmbeddedContainer container)
      throws Exception {
    AtomicReference<String> ours = new AtomicReference<>();
    AtomicReference<String> theirs = new AtomicReference<>();
    Startup rule =
        app ->
            app.use(
                (context, next) -> {
                  ours.set(context.request().path());
                  next.handle(context);
                });
    Servlet behind =
        new HttpServlet() {
          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response) {
            theirs.set(mapped(request));
          }
        };
    try (var running =
        container.start(
            context -> {
              Filter filter = new PipelineFilter(rule);
              context
                  .addFilter("rule", filter)
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
              context.addServlet("behind", behind).addMapping("/*");
            })) {
      SoftAssertions all = new SoftAssertions();
      for (String target : TARGETS) {
        ours.set(null);
        theirs.set(null);
        String answer = get(running.port(), target);
        if (theirs.get() == null) {
          all.assertThat(answer).as(target).startsWith("HTTP/1.1 400");
        } else {
          all.assertThat(ours.get()).as(target).isEqualTo(PathString.collapseSlashes(theirs.get()));
        }
      }
      all.assertAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void v15_aPipelineSeesThePathThatConstraintsOfTheContainerApplyTo(EmbeddedContainer container)
      throws Exception {
    AtomicReference<String> ours = new AtomicReference<>();
    AtomicReference<String> theirs = new AtomicReference<>();
    Startup application =
        (ApplicationBuilder app) ->
            app.run(
                context -> {
                  ours.set(context.request().path());
                  theirs.set(
                      mapped(context.features().require(HttpServletFeature.class).request()));
                });
    try (var running =
        container.start(
            context ->
                context
                    .addServlet("pipeline", new PipelineServlet(application))
                    .addMapping("/*"))) {
      SoftAssertions all = new SoftAssertions();
      for (String target : TARGETS) {
        ours.set(null);
        String answer = get(running.port(), target);
        if (ours.get() == null) {
          all.assertThat(answer).as(target).startsWith("HTTP/1.1 400");
        } else {
          // embedded Undertow leaves dot segments where they are
          String plain = target.equals("/x/../plain") ? "/plain" : theirs.get();
          all.assertThat(PathString.collapseSlashes(ours.get()))
              .as(target)
              .isEqualTo(PathString.collapseSlashes(plain));
        }
      }
      all.assertAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void v20_runsOfSlashesDoNotMoveTheMountPoint(EmbeddedContainer container) throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    Startup application =
        app ->
            app.run(
                context -> seen.set(context.request().pathBase() + " " + context.request().path()));
    try (var running =
        container.start(
            context ->
                context
                    .addServlet("pipeline", new PipelineServlet(application))
                    .addMapping("/api/*"))) {
      get(running.port(), "/api//x");
      assertThat(seen.getAndSet(null)).isIn("/api //x", null);
      get(running.port(), "//api/x");
      assertThat(seen.getAndSet(null)).isIn("/api /x", null);
      get(running.port(), "//api//x");
      assertThat(seen.getAndSet(null)).isIn("/api //x", "/api /x", null);
    }
  }

  private static String mapped(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null ? request.getServletPath() : request.getServletPath() + info;
  }

  private static String get(int port, String target) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
