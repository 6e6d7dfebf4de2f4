package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Container;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.http.HttpContext;

/** S4: an answer that is on its way while a server stops comes whole, whatever its client sends. */
final class SlowStopTest {

  /** What the client's side does not take at once, and the server's does. */
  private static final int SIZE = 200_000;

  private final CountDownLatch running = new CountDownLatch(2);
  private final CountDownLatch write = new CountDownLatch(1);
  private final CountDownLatch written = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private TestHost host;
  private Socket slow;
  private RawClient later;
  private RawClient last;
  private CompletableFuture<Void> stop;

  @BeforeEach
  void start() throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withDrainTimeout(Duration.ofMinutes(1));
    host = TestHost.start(new JettyServer(options, SlowStopTest::makeRoom), this::answer);
    slow = new Socket();
    slow.setReceiveBufferSize(4096);
    URI address = URI.create(host.address());
    slow.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    slow.setSoTimeout(20_000);
  }

  private static void makeRoom(Server jetty) {
    Container.Listener addresses =
        new Container.Listener() {
          @Override
          public void beanAdded(Container parent, Object added) {
            if (added instanceof ServerConnector connector) {
              connector.setAcceptedSendBufferSize(2 * SIZE);
            }
          }

          @Override
          public void beanRemoved(Container parent, Object removed) {}
        };
    jetty.addEventListener(addresses);
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    slow.close();
    stop.get(20, TimeUnit.SECONDS);
    later.close();
    last.close();
  }

  private void answer(HttpContext context) throws Exception {
    switch (context.request().path()) {
      case "/busy" -> {
        running.countDown();
        end.await(60, TimeUnit.SECONDS);
      }
      case "/large" -> {
        running.countDown();
        write.await(60, TimeUnit.SECONDS);
        context.response().setContentLength(SIZE);
        context.response().write(new byte[SIZE]);
        context.response().flush();
        written.countDown();
      }
      default -> {} // leaves its content
    }
  }

  @Test
  void anAnswerBeforeAPipelinedRequest() throws Exception {
    send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    stopAndPassTheCheck();
    send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    String all = new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(all).startsWith("HTTP/1.1 200");
    assertThat(all.length() - all.indexOf("\r\n\r\n") - 4).isEqualTo(SIZE);
  }

  @Test
  void anAnswerOverHttp2BeforeAPing() throws Exception {
    send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    frame(4, 0, 0, new byte[] {0, 4, 0x7F, -1, -1, -1}); // SETTINGS: a large window for streams
    frame(8, 0, 0, new byte[] {0x7F, 0, 0, 0}); // WINDOW_UPDATE, for all
    frame(1, 5, 1, get("/large"));
    stopAndPassTheCheck();
    frame(6, 0, 0, new byte[8]); // PING
    DataInputStream in = new DataInputStream(slow.getInputStream());
    int content = 0;
    boolean ended = false;
    while (!ended) {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.skipNBytes(4L + length);
      content += type == 0 ? length : 0;
      ended = type == 0 && (flags & 1) != 0;
    }
    assertThat(content).isEqualTo(SIZE);
  }

  /** Until connections that became idle after the answer was written have been ended. */
  private void stopAndPassTheCheck() throws Exception {
    String unread = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
    later = host.connect().send(unread);
    later.answer();
    last = host.connect().send(unread);
    last.answer();
    try (RawClient busy = host.connect()) {
      busy.get("/busy");
      running.await();
      stop =
          CompletableFuture.runAsync(
              () -> host.host().stop(Duration.ofMinutes(1)), task -> new Thread(task).start());
      later.send("12345").readToEnd(); // so the server has begun to stop
      write.countDown();
      assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
      last.send("12345").readToEnd();
    }
  }

  private void send(String text) throws IOException {
    slow.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags, 0, 0, 0});
    frame.write(stream);
    frame.write(payload);
    OutputStream out = slow.getOutputStream();
    out.write(frame.toByteArray());
  }

  /** A header block: GET, http, the path, and x as the authority. */
  private static byte[] get(String path) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length()});
    block.write(path.getBytes(StandardCharsets.US_ASCII));
    block.write(new byte[] {0x01, 1, 'x'});
    return block.toByteArray();
  }
}
