package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;

/** Early hints behind a filter that has begun a head of its own (F53). */
final class HintsTest {

  private static final String LINK = "</style.css>; rel=preload";

  @ParameterizedTest
  @EnumSource
  void f53_whatAFilterHasSetIsForTheResponseOnly(EmbeddedContainer container) throws Exception {
    String sent;
    try (var running =
        container.start(
            context -> {
              context
                  .addFilter("front", new Front())
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
              context
                  .addServlet("pipeline", new PipelineServlet(app -> app.run(HintsTest::answer)))
                  .addMapping("/*");
            })) {
      sent = ask(running.port());
    }
    String response = sent;
    if (container == EmbeddedContainer.JETTY) {
      assertThat(sent).startsWith("HTTP/1.1 103 ");
      int end = sent.indexOf("\r\n\r\n");
      String hints = sent.substring(0, end).toLowerCase(Locale.ROOT);
      assertThat(hints).contains("\r\nlink: " + LINK).doesNotContain("x-front", "set-cookie");
      response = sent.substring(end + 4);
    }
    assertThat(response)
        .startsWith("HTTP/1.1 200 ")
        .contains("X-Front: a\r\n", "X-Front: b\r\n", "front=1", "hello")
        .doesNotContain(LINK)
        .containsIgnoringCase("\r\nContent-Language: de")
        .containsIgnoringCase("\r\nContent-Type: text/html;charset=utf-8\r\n");
  }

  private static final class Front extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      response.addHeader("X-Front", "a");
      response.addHeader("X-Front", "b");
      response.addCookie(new Cookie("front", "1"));
      response.setLocale(Locale.GERMAN);
      response.setContentType("text/html;charset=utf-8");
      chain.doFilter(request, response);
    }
  }

  private static void answer(HttpContext context) throws Exception {
    HttpEarlyHintsFeature hints = context.features().get(HttpEarlyHintsFeature.class);
    if (hints != null) {
      HeaderMap lines = new HeaderMap();
      lines.set("Link", LINK);
      hints.send(lines).toCompletableFuture().get();
    }
    context.response().write("hello");
  }

  private static String ask(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
