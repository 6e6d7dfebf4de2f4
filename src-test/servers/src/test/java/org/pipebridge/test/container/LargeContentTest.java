package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;

/** K131 with gigabytes: content that no heap holds is counted, and the heap stays flat. */
@Tag("reliability")
final class LargeContentTest {

  private static final long BYTES = Integer.getInteger("reliability.gigabytes", 3) * 1_000_000_000L;
  private static final long HEAP_MARGIN = 64L << 20;

  static Stream<Subject> subjects() {
    return Subject.chosen(Subject.JETTY_SERVER, Subject.JETTY, Subject.TOMCAT, Subject.UNDERTOW);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("subjects")
  void q20_gigabytesAreCounted(Subject subject) throws Exception {
    try (Subject.Running running = subject.start(LargeContentTest::configure)) {
      for (String way : new String[] {"/blocking", "/stages"}) {
        send(running, way, 10_000_000); // makes what stays: threads, buffers
        long before = usedHeap();
        assertThat(send(running, way, BYTES)).as("%s, content", way).isEqualTo(BYTES);
        assertThat(usedHeap() - before).as("%s, heap in bytes", way).isLessThan(HEAP_MARGIN);
      }
    }
  }

  private static void configure(ApplicationBuilder app) {
    app.run(
        context -> {
          context
              .features()
              .require(HttpMaxRequestBodySizeFeature.class)
              .setMaxRequestBodySize(OptionalLong.empty());
          boolean stages = context.request().path().equals("/stages");
          long count = stages ? countByStages(context) : count(context);
          context.response().write(Long.toString(count));
        });
  }

  private static long count(HttpContext context) throws Exception {
    byte[] piece = new byte[65536];
    InputStream content = context.request().body();
    long count = 0;
    for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
      count += n;
    }
    return count;
  }

  private static long countByStages(HttpContext context) throws Exception {
    ByteBuffer piece = ByteBuffer.allocate(65536);
    long count = 0;
    for (int n = 0; n >= 0; n = context.request().read(piece.clear()).toCompletableFuture().get()) {
      count += n;
    }
    return count;
  }

  /** Sends that much; returns how much the server has counted. */
  private static long send(Subject.Running running, String path, long length) throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(running.address(), 10_000);
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n";
      out.write(head.formatted(path, length).getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[65536];
      for (long left = length; left > 0; left -= Math.min(left, piece.length)) {
        out.write(piece, 0, (int) Math.min(left, piece.length));
      }
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).contains(" 200");
      String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      return Long.parseLong(content.replaceAll("(?s)^[0-9a-f]+\r\n(.*?)\r\n0\r\n.*", "$1").strip());
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
