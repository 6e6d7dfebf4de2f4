package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;

/** Trailers in both directions in each container, which the kit leaves open for some (F39, F40). */
final class TrailersTest {

  @ParameterizedTest
  @EnumSource
  void f7_trailersOfARequestArriveInThatRequestOnly(EmbeddedContainer container) throws Exception {
    String answers =
        ask(
            container,
            """
            POST / HTTP/1.1
            Host: localhost
            Transfer-Encoding: chunked

            5
            first
            0
            X-T: a

            POST / HTTP/1.1
            Host: localhost
            Connection: close
            Transfer-Encoding: chunked

            6
            second
            0

            """);
    // Jetty 12.1.8 would give the second those of the first
    assertThat(answers)
        .contains("first " + (container == EmbeddedContainer.JETTY ? "null" : "a"), "second null");
  }

  @ParameterizedTest
  @EnumSource
  void t5_trailersOfAResponseAreSentOnAConnectionThatIsNotKept(EmbeddedContainer container)
      throws Exception {
    String answer =
        ask(
            container,
            """
            GET / HTTP/1.1
            Host: localhost
            Connection: close
            TE: trailers

            """);
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("transfer-encoding: chunked", "true  null")
        .endsWith("\r\n0\r\nx-t: sent\r\n\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void t8_anIncludedResponseHasNoTrailers(EmbeddedContainer container) throws Exception {
    try (var running =
        container.start(
            context -> {
              context
                  .addServlet("pipeline", new PipelineServlet(app -> app.run(TrailersTest::answer)))
                  .addMapping("/included");
              context.addServlet("front", new Including()).addMapping("/");
            })) {
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(exchange(running.port(), request)).contains("false  null");
    }
  }

  private static final class Including extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      request.getRequestDispatcher("/included").include(request, response);
    }
  }

  private static void answer(HttpContext context) throws Exception {
    boolean supported = context.response().supportsTrailers();
    String content = new String(context.request().body().readAllBytes(), StandardCharsets.UTF_8);
    String trailer =
        context.request().supportsTrailers() ? context.request().trailers().first("X-T") : null;
    context.response().write(supported + " " + content + " " + trailer);
    if (supported) {
      context.response().appendTrailer("X-T", "sent");
    }
  }

  private static String ask(EmbeddedContainer container, String request) throws Exception {
    try (var running =
        container.start(
            context ->
                context
                    .addServlet(
                        "pipeline", new PipelineServlet(app -> app.run(TrailersTest::answer)))
                    .addMapping("/*"))) {
      return exchange(running.port(), request.replace("\n", "\r\n"));
    }
  }

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
