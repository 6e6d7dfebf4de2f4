package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.servlet.PipelineServlet;

/** A container whose own limit is smaller than ours: Undertow's default is 2 MiB (L7). */
final class ContainerLimitTest {

  private static final int SIZE = 3 * 1024 * 1024;

  private final CompletableFuture<Integer> refused = new CompletableFuture<>();

  private void read(HttpContext context) throws Exception {
    try {
      context.request().body().readAllBytes();
    } catch (BadHttpRequestException e) {
      refused.complete(e.status());
      throw e;
    }
  }

  @Test
  void l7_theSmallerLimitOfTheContainerWinsOverADeclaredLength() throws Exception {
    // content that nobody reads would make the close a reset, which may take the answer along
    assertThat(post("Content-Length: " + SIZE + "\r\n", "", 0)).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void l7_theSmallerLimitOfTheContainerWinsOverContentOfAnOpenLength() throws Exception {
    String size = Integer.toHexString(SIZE) + "\r\n";
    String answer = post("Transfer-Encoding: chunked\r\n", size, SIZE);
    assertThat(refused.get(10, TimeUnit.SECONDS)).isEqualTo(413);
    assertThat(answer)
        .satisfiesAnyOf(
            text -> assertThat(text).startsWith("HTTP/1.1 413 "),
            text -> assertThat(text).isEmpty());
  }

  private String post(String header, String before, int sent) throws Exception {
    try (var running =
            EmbeddedContainer.UNDERTOW.start(
                context ->
                    context
                        .addServlet("pipeline", new PipelineServlet(app -> app.run(this::read)))
                        .addMapping("/*"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
      socket.setSoTimeout(20_000);
      String head = "POST / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n" + before;
      send(socket.getOutputStream(), head, sent);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException closedWithBytesUnread) {
      return "";
    }
  }

  private static void send(OutputStream out, String head, int sent) throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (sent > 0) {
      out.write(new byte[sent]);
      out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
