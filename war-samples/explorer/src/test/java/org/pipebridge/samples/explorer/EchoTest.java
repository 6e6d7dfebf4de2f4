package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.feature.WebSocketHandler;
import org.pipebridge.feature.WebSocketOptions;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class EchoTest {

  @Test
  void aServerWithoutWebSocketsSaysSo() throws Exception {
    try (InMemoryServer server = InMemoryServer.running(new ExplorerStartup())) {
      InMemoryResponse page = server.request("GET", "/echo").protocol("HTTP/1.0").send();

      assertThat(page.status()).isEqualTo(501);
      assertThat(page.text()).contains("This server offers no WebSocket for this request.");
    }
  }

  @Test
  void aRequestThatAsksForNoneIsTold() throws Exception {
    InMemoryResponse page = echo(new Offer(false, List.of()));

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("this request asks for none");
  }

  @Test
  void textComesBackWithFactsAndBinaryAsItIs() throws Exception {
    WebSocket.Binary binary = new WebSocket.Binary(ByteBuffer.wrap(new byte[3]));
    Offer offer =
        new Offer(
            true,
            List.of(new WebSocket.Text("å\""), binary, new WebSocket.Text("b"), close("over")));
    echo(offer);

    assertThat(offer.done).isCompleted();
    assertThat(offer.sent).hasSize(3);
    assertThat(offer.text(0)).contains("\"echo\":\"å\\\"\"", "\"its bytes\":\"3\"");
    assertThat(offer.sent.get(1)).isSameAs(binary);
    assertThat(offer.text(2)).contains("\"message\":\"3\"", "\"bytes so far\":\"7\"");
  }

  private static WebSocket.Close close(String reason) {
    return new WebSocket.Close(1000, reason);
  }

  private static InMemoryResponse echo(HttpWebSocketFeature feature) throws Exception {
    try (InMemoryServer server = InMemoryServer.running(new ExplorerStartup())) {
      return server
          .request("GET", "/echo")
          .prepare(context -> context.features().set(HttpWebSocketFeature.class, feature))
          .send();
    }
  }

  /** A server's end whose client sends the same each time. */
  private static final class Offer implements HttpWebSocketFeature, WebSocket {

    final List<Message> sent = new ArrayList<>();
    private final boolean asked;
    private final Deque<Message> received;
    private CompletableFuture<Void> done = new CompletableFuture<>();

    Offer(boolean asked, List<Message> received) {
      this.asked = asked;
      this.received = new ArrayDeque<>(received);
    }

    String text(int index) {
      return ((Text) sent.get(index)).text();
    }

    @Override
    public boolean isWebSocketRequest() {
      return asked;
    }

    @Override
    public List<String> requestedProtocols() {
      return List.of();
    }

    @Override
    public void accept(WebSocketOptions options, WebSocketHandler handler) {
      try {
        done = handler.run(this).toCompletableFuture();
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public CompletionStage<Message> receive() {
      return CompletableFuture.completedStage(received.remove());
    }

    @Override
    public CompletionStage<Void> send(Message message) {
      sent.add(message);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> ping(ByteBuffer payload) {
      throw new AssertionError("not used");
    }

    @Override
    public CompletionStage<Void> close(int code, String reason) {
      throw new AssertionError("the server closes when the handler is done");
    }

    @Override
    public void abort() {
      throw new AssertionError("not used");
    }
  }
}
