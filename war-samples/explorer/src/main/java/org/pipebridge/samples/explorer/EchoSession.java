package org.pipebridge.samples.explorer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.http.HttpContext;

/** One client's WebSocket: text comes back with what the server saw, binary as it is. */
final class EchoSession {

  private final Row features;
  private final long began = System.nanoTime();
  private int messages;
  private long bytes;

  EchoSession(HttpContext context) {
    features = Facts.features(context, HttpWebSocketFeature.class);
  }

  /** Answers until the client closes. */
  CompletionStage<Void> run(WebSocket socket) {
    return Loop.whileTrue(() -> socket.receive().thenCompose(message -> answer(socket, message)));
  }

  private CompletionStage<Boolean> answer(WebSocket socket, WebSocket.Message message) {
    messages++;
    if (message instanceof WebSocket.Text text) {
      return sent(socket.send(new WebSocket.Text(Facts.json(facts(text.text())))));
    } else if (message instanceof WebSocket.Binary binary) {
      bytes += binary.data().remaining();
      return sent(socket.send(binary));
    }
    return CompletableFuture.completedFuture(false);
  }

  private static CompletionStage<Boolean> sent(CompletionStage<Void> sending) {
    return sending.thenApply(done -> true);
  }

  private List<Row> facts(String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    bytes += length;
    return List.of(
        new Row("echo", text),
        new Row("message", Integer.toString(messages)),
        new Row("its bytes", Integer.toString(length)),
        new Row("bytes so far", Long.toString(bytes)),
        new Row("open for", Facts.millis(System.nanoTime() - began)),
        Facts.thread(),
        features);
  }
}
