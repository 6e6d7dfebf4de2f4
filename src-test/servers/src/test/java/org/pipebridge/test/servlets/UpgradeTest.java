package org.pipebridge.test.servlets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.DuplexStream;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.UpgradeHandler;
import org.pipebridge.hosting.Startup;
import org.pipebridge.internal.Stages;
import org.pipebridge.servlet.HttpServletFeature;

/** Connections that are turned over, byte for byte. */
final class UpgradeTest {

  private static final int BYTES = 8 * 1024 * 1024;
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

  @ParameterizedTest
  @EnumSource
  void u6_noByteIsLostInStages(WebSocketSite site) throws Exception {
    assertEchoesAll(site, stream -> echo(stream, ByteBuffer.allocate(10_000)));
  }

  @ParameterizedTest
  @EnumSource
  void u6_noByteIsLostInStreams(WebSocketSite site) throws Exception {
    assertEchoesAll(
        site,
        stream -> {
          byte[] chunk = new byte[777];
          for (int n = stream.input().read(chunk); n >= 0; n = stream.input().read(chunk)) {
            stream.output().write(chunk, 0, n);
            if (stream.input().available() == 0) {
              stream.output().flush();
            }
          }
          return Stages.completed();
        });
  }

  /** A container may open something for each thread that waits in a read. */
  @ParameterizedTest
  @EnumSource
  void u6_manyMessagesTakeNoMoreDescriptorsThanOne(WebSocketSite site) throws Exception {
    try (var running = site.start(upgrading(stream -> echo(stream, ByteBuffer.allocate(10))));
        Socket socket = connect(running.port())) {
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
      assertEchoesOneByOne(socket, 10);
      long before = openDescriptors();
      assertEchoesOneByOne(socket, 1000);
      assertThat(openDescriptors()).isLessThan(before + 50);
    }
  }

  private static void assertEchoesOneByOne(Socket socket, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      socket.getOutputStream().write('x');
      assertThat(socket.getInputStream().read()).isEqualTo('x');
    }
  }

  /** Where the system has no such number, it is 0. */
  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }

  /** Runs what waits: the JDK's pool may have one thread. */
  private static void start(Runnable task) {
    new Thread(task).start();
  }

  private static CompletionStage<Void> echo(DuplexStream stream, ByteBuffer buffer) {
    return stream
        .read(buffer.clear())
        .thenCompose(
            count ->
                count < 0
                    ? Stages.completed()
                    : stream
                        .write(buffer.flip())
                        .thenCompose(ignored -> stream.flush())
                        .thenCompose(ignored -> echo(stream, buffer)));
  }

  private static void assertEchoesAll(WebSocketSite site, UpgradeHandler handler) throws Exception {
    byte[] content = new byte[BYTES];
    new Random(1).nextBytes(content);
    try (var running = site.start(upgrading(handler));
        Socket socket = connect(running.port())) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> sendInPieces(socket, content), UpgradeTest::start);
      InputStream in = socket.getInputStream();
      assertThat(head(in)).startsWith("HTTP/1.1 101");
      assertThat(in.readAllBytes()).isEqualTo(content);
      sent.get(10, SECONDS);
    }
  }

  /** The first piece comes with the request. */
  private static void sendInPieces(Socket socket, byte[] content) {
    Random random = new Random(2);
    try {
      byte[] request = REQUEST.getBytes(US_ASCII);
      byte[] first = new byte[request.length + 100];
      System.arraycopy(request, 0, first, 0, request.length);
      System.arraycopy(content, 0, first, request.length, 100);
      socket.getOutputStream().write(first);
      int at = 100;
      while (at < content.length) {
        int count = Math.min(content.length - at, 1 + random.nextInt(20_000));
        socket.getOutputStream().write(content, at, count);
        at += count;
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void u7_aStopClosesWhatDoesNotEndInTime(WebSocketSite site) throws Exception {
    try (var running = site.start(upgrading(stream -> echo(stream, ByteBuffer.allocate(10))));
        Socket socket = connect(running.port())) {
      socket.getOutputStream().write((REQUEST + "x").getBytes(US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
      assertThat(socket.getInputStream().read()).isEqualTo('x');
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(
              () -> running.server().stop(Duration.ZERO), UpgradeTest::start);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  /** A stage that ends while a read is pending closes the connection too. */
  @ParameterizedTest
  @EnumSource
  void u7_theEndOfTheStageEndsAPendingRead(WebSocketSite site) throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Throwable> pending = new CompletableFuture<>();
    UpgradeHandler handler =
        stream -> {
          stream
              .read(ByteBuffer.allocate(1))
              .whenComplete((count, failure) -> pending.complete(failure));
          stream.output().write('y');
          return end;
        };
    try (var running = site.start(upgrading(handler));
        Socket socket = connect(running.port())) {
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
      end.complete(null);
      assertThat(socket.getInputStream().read()).isEqualTo('y');
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(pending.get(10, SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void u8_theObjectsOfTheContainerAreOutOfReach(WebSocketSite site) throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Startup startup =
        app ->
            app.run(
                context -> {
                  HttpServletFeature own = context.features().require(HttpServletFeature.class);
                  context
                      .features()
                      .require(HttpUpgradeFeature.class)
                      .upgrade(
                          stream -> {
                            try {
                              seen.add(own.request().getMethod());
                            } catch (IllegalStateException e) {
                              seen.add("refused");
                            }
                            seen.add(context.connection().remoteAddress().getHostAddress());
                            return Stages.completed();
                          });
                });
    try (var running = site.start(startup);
        Socket socket = connect(running.port())) {
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 101");
      assertThat(seen.poll(10, SECONDS)).isEqualTo("refused");
      assertThat(seen.poll(10, SECONDS)).isEqualTo("127.0.0.1");
    }
  }

  private static Startup upgrading(UpgradeHandler handler) {
    return app ->
        app.run(context -> context.features().require(HttpUpgradeFeature.class).upgrade(handler));
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return head.toString();
      }
      head.append((char) b);
    }
    return head.toString();
  }
}
