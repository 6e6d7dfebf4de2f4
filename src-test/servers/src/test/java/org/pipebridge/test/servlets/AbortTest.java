package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Startup;
import org.pipebridge.servlet.PipelineServlet;

/** What a client sees of a request that the application aborts (A1, E10). */
final class AbortTest {

  @ParameterizedTest
  @EnumSource
  void a1_anAbortBeforeTheStartShowsNoPageOfTheContainer(EmbeddedContainer container)
      throws Exception {
    assertShowsNothing(container, app -> app.run(context -> context.abort()));
  }

  @ParameterizedTest
  @EnumSource
  void a1_anAsynchronousAbortBeforeTheStartShowsNoPageOfTheContainer(EmbeddedContainer container)
      throws Exception {
    assertShowsNothing(
        container, app -> app.runAsync(context -> CompletableFuture.runAsync(context::abort)));
  }

  private static void assertShowsNothing(EmbeddedContainer container, Startup application)
      throws Exception {
    try (var running =
        container.start(
            context -> {
              var servlet = context.addServlet("pipeline", new PipelineServlet(application));
              servlet.setAsyncSupported(true);
              servlet.addMapping("/*");
            })) {
      String answer = get(running.port());
      int head = answer.indexOf("\r\n\r\n");
      assertThat(head < 0 ? "" : answer.substring(head + 4)).isEmpty();
      assertThat(answer).doesNotContain("Content-Length: 0");
    }
  }

  private static String get(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException reset) {
      return "";
    }
  }
}
