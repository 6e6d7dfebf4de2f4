package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;

/**
 * A client that resets its connection while the only thread of the container is in a callback,
 * which then answers without blocking. Over HTTP/2 Tomcat fails to send the head, says so to
 * nobody, and forgets the request: no listener is called any more.
 */
final class LostHeadTest {

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CompletableFuture<Boolean> completed = new CompletableFuture<>();

  @Test
  void a3_tomcatsRequestEnds() throws Exception {
    WebApp app = new WebApp().threads(1).pipeline("/*", pipeline -> pipeline.runAsync(this::run));
    try (Container container = Container.Kind.TOMCAT.start(app)) {
      SocketAddress local;
      try (Socket client = new Socket()) {
        client.connect(container.address());
        local = client.getLocalSocketAddress();
        OutputStream out = Http2Frames.begin(client, "/");
        asked.get(20, TimeUnit.SECONDS);
        out.write(Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, 1, new byte[1]));
        read.get(20, TimeUnit.SECONDS);
        client.setSoLinger(true, 0); // closes with a reset
      }
      assertThat(LiveThreads.await(() -> connects(local, container.address())))
          .as("the reset has come")
          .isTrue();
      left.complete(null);
      assertThat(completed.get(20, TimeUnit.SECONDS)).as("aborted").isTrue();
    }
  }

  /** Whether two ports can be connected, which they cannot while a server has them connected. */
  private static boolean connects(SocketAddress client, SocketAddress server) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(true);
      socket.bind(client);
      socket.connect(server, 20_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private CompletionStage<Void> run(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    context.response().onCompleted(() -> completed.complete(context.isAborted()));
    asked.complete(null);
    return context
        .request()
        .read(ByteBuffer.allocate(1))
        .thenCompose(
            count -> {
              read.complete(null);
              left.join(); // and the container has no thread to see it
              return context.response().writeAsync(ByteBuffer.allocate(16_384));
            });
  }
}
