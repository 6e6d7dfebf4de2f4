package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.servlet.PipelineServlet;

/** When a container invites a client that waits to be invited to send content (Q22). */
final class ContinueTest {

  @ParameterizedTest
  @EnumSource
  void q22_onlyTomcatInvitesThoughNothingIsRead(EmbeddedContainer container) throws Exception {
    String answer = post(container, false);
    assertThat(answer.startsWith("HTTP/1.1 100"))
        .as("invited at once")
        .isEqualTo(container == EmbeddedContainer.TOMCAT);
    assertThat(answer).contains("HTTP/1.1 200").endsWith("answer");
  }

  @ParameterizedTest
  @EnumSource
  void q22_eachInvitesBeforeTheFirstRead(EmbeddedContainer container) throws Exception {
    String answer = post(container, true);
    assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200").endsWith("answer");
    assertThat(answer.split("HTTP/1.1 100", -1)).as("invited once").hasSize(2);
  }

  private static String post(EmbeddedContainer container, boolean reads) throws Exception {
    try (var running =
            container.start(
                context ->
                    context
                        .addServlet(
                            "pipeline",
                            new PipelineServlet(
                                app ->
                                    app.run(
                                        c -> {
                                          if (reads) {
                                            c.request().body().readAllBytes();
                                          }
                                          c.response().write("answer");
                                        })))
                        .addMapping("/*"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
      socket.setSoTimeout(20_000);
      send(
          socket,
          "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n"
              + "Expect: 100-continue\r\n\r\n");
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as("after %s", answer).isNotNegative();
        answer.append((char) next);
      }
      if (answer.indexOf("HTTP/1.1 100") == 0) {
        send(socket, "hello");
      }
      byte[] rest = socket.getInputStream().readAllBytes();
      return answer + new String(rest, StandardCharsets.US_ASCII);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
