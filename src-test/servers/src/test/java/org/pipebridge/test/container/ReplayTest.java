package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.FormFile;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Request;

/** What the application behind sees of content that the pipeline has read (W33). */
final class ReplayTest {

  private static final String BOUNDARY = "xyz";
  private static final String MULTIPART =
      String.join(
          "\r\n",
          "--xyz",
          "Content-Disposition: form-data; name=\"title\"",
          "",
          "a b",
          "--xyz",
          "Content-Disposition: form-data; name=\"file\"; filename=\"f.txt\"",
          "Content-Type: text/plain",
          "X-Part: yes",
          "",
          "content",
          "--xyz--",
          "");

  private final AtomicReference<Object> inFront = new AtomicReference<>();

  private WebApp app(Handler reading, Servlets.Service behind) {
    return new WebApp()
        .filter(
            "/*",
            (request, response, chain) -> {
              inFront.set(request);
              chain.doFilter(request, response);
            })
        .inFront(
            pipeline ->
                pipeline.use(
                    (context, next) -> {
                      reading.handle(context);
                      next.handle(context);
                    }))
        .servlet("/*", Servlets.of(behind));
  }

  private static Handler buffering(int threshold, Handler reading) {
    return context -> {
      context.request().enableBuffering(threshold, Long.MAX_VALUE);
      reading.handle(context);
    };
  }

  private static void readFive(HttpContext context) throws IOException {
    assertThat(context.request().body().readNBytes(5)).hasSize(5);
  }

  private static void readAll(HttpContext context) throws IOException {
    context.request().body().readAllBytes();
  }

  private static void echo(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] content = request.getInputStream().readAllBytes();
    assertThat(request.getInputStream().isFinished()).isTrue();
    response.getOutputStream().write(content);
  }

  private static Answer ask(Container.Kind kind, WebApp app, String type, String content)
      throws Exception {
    try (Container container = kind.start(app)) {
      Request request = container.request("POST", "/?a=query&q=1").header("Content-Type", type);
      return container.ask(request.content(content)).hasStatus(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void w33_withoutBufferingTheServletSeesTheRest(Container.Kind kind) throws Exception {
    ask(kind, app(ReplayTest::readFive, ReplayTest::echo), "text/plain", "0123456789")
        .hasText("56789");
  }

  @ParameterizedTest
  @EnumSource
  void w33_bufferedContentIsSeenFromItsFirstByte(Container.Kind kind) throws Exception {
    String content = "0123456789".repeat(2000);
    for (int threshold : new int[] {0, 100_000}) { // in a file, in memory
      for (Handler reading : new Handler[] {ReplayTest::readFive, ReplayTest::readAll}) {
        WebApp app = app(buffering(threshold, reading), ReplayTest::echo);
        String echo = ask(kind, app, "text/plain", content).text();
        assertThat(echo).hasSize(content.length());
        assertThat(echo.equals(content)).isTrue(); // too long to be shown
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void w33_theReaderDecodesIt(Container.Kind kind) throws Exception {
    Servlets.Service reader =
        (request, response) ->
            response
                .getOutputStream()
                .write(request.getReader().readLine().getBytes(StandardCharsets.UTF_8));
    ask(kind, app(buffering(0, ReplayTest::readAll), reader), "text/plain; charset=utf-8", "åb")
        .hasText("åb");
  }

  @ParameterizedTest
  @EnumSource
  void w33_contentThatWasNotReadIsNotReplayed(Container.Kind kind) throws Exception {
    Servlets.Service comparing =
        (request, response) -> {
          boolean same = request == inFront.get();
          response.getWriter().write(same + " " + request.getParameter("b"));
        };
    ask(kind, app(buffering(0, context -> {}), comparing), URL_ENCODED, "b=1").hasText("true 1");
  }

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";

  private static void parameters(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String all =
        request.getParameterMap().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + Arrays.toString(entry.getValue()))
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(request.getParameter("none")).isNull();
    assertThat(request.getParameter("a")).isEqualTo("query");
    response.getOutputStream().write(all.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void w33_aFormIsInTheParametersAfterTheQuery(Container.Kind kind) throws Exception {
    Handler form = context -> assertThat(context.request().form().first("a")).isEqualTo("x y");
    ask(
            kind,
            app(buffering(0, form), ReplayTest::parameters),
            URL_ENCODED,
            "a=x+y&b=%C3%A5&&A=2&c&b=%zz")
        .hasText("A=[2] a=[query, x y] b=[å, %zz] c=[] q=[1]");
  }

  @ParameterizedTest
  @EnumSource
  void w33_partsAreThoseOfTheContent(Container.Kind kind) throws Exception {
    Handler form =
        context -> {
          FormFile file = context.request().form().file("file");
          assertThat(file.length()).isEqualTo(7);
        };
    Servlets.Service behind =
        (request, response) -> {
          assertThat(request.getParts()).hasSize(2).isEqualTo(request.getParts());
          Part title = request.getPart("title");
          assertThat(title.getSubmittedFileName()).isNull();
          assertThat(title.getInputStream()).hasContent("a b");
          Part file = request.getPart("file");
          assertThat(file.getSubmittedFileName()).isEqualTo("f.txt");
          assertThat(file.getContentType()).isEqualTo("text/plain");
          assertThat(file.getHeader("x-part")).isEqualTo("yes");
          assertThat(file.getSize()).isEqualTo(7);
          assertThat(file.getInputStream()).hasContent("content");
          assertThat(request.getPart("none")).isNull();
          response.getWriter().write(request.getParameter("title"));
          assertThat(request.getParameter("a")).isEqualTo("query");
        };
    ask(
            kind,
            app(buffering(0, form), behind),
            "multipart/form-data; boundary=" + BOUNDARY,
            MULTIPART)
        .hasText("a b");
  }

  @ParameterizedTest
  @EnumSource
  void w33_aReadListenerGetsAllOfIt(Container.Kind kind) throws Exception {
    for (int length : new int[] {10, 50_000}) {
      String content = "0123456789".repeat(length / 10);
      for (Handler reading : new Handler[] {ReplayTest::readFive, ReplayTest::readAll}) {
        WebApp app = app(buffering(0, reading), ReplayTest::echoLater);
        String echo = ask(kind, app, "text/plain", content).text();
        assertThat(echo).hasSize(content.length());
        assertThat(echo.equals(content)).isTrue(); // too long to be shown
      }
    }
  }

  private static void echoLater(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AsyncContext async = request.startAsync(request, response);
    ServletInputStream input = request.getInputStream();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    input.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            byte[] chunk = new byte[1000];
            while (input.isReady() && !input.isFinished()) {
              int count = input.read(chunk);
              if (count > 0) {
                all.write(chunk, 0, count);
              }
            }
          }

          @Override
          public void onAllDataRead() throws IOException {
            response.getOutputStream().write(all.toByteArray());
            async.complete();
          }

          @Override
          public void onError(Throwable failure) {
            async.complete();
          }
        });
  }
}
