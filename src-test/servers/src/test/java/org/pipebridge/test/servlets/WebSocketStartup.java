package org.pipebridge.test.servlets;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.feature.WebSocketHandler;
import org.pipebridge.feature.WebSocketOptions;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.test.SocketBuffers;

/** Some WebSockets: one that echoes, one that waits, one that floods, one that closes. */
public final class WebSocketStartup implements Startup {

  static final int FLOOD_BYTES = 32 * 1024;

  /** More than the sockets on the way hold: 64 MiB at least. */
  static final int FLOOD_MESSAGES =
      (int) Math.max(2048, 4 * SocketBuffers.mostToSend() / FLOOD_BYTES);

  /** The messages of a flood that the server was given so far, each done when it is accepted. */
  final BlockingQueue<CompletableFuture<Void>> flood = new LinkedBlockingQueue<>();

  /** Failed when a flood is broken off. */
  final CompletableFuture<Void> floodEnd = new CompletableFuture<>();

  /** Completed by a test to let the handler that waits go on. */
  final CompletableFuture<Void> go = new CompletableFuture<>();

  /** The code by which the client of the socket that closes answered. */
  final CompletableFuture<Integer> answered = new CompletableFuture<>();

  @Override
  public void configure(ApplicationBuilder app) {
    app.map("/echo", branch -> branch.run(context -> accept(context, WebSocketStartup::echo)));
    app.map(
        "/wait",
        branch ->
            branch.run(context -> accept(context, socket -> go.thenCompose(v -> echo(socket)))));
    app.map("/flood", branch -> branch.run(context -> accept(context, this::flood)));
    app.map("/close", branch -> branch.run(context -> accept(context, this::close)));
  }

  private static void accept(HttpContext context, WebSocketHandler handler) {
    context
        .features()
        .require(HttpWebSocketFeature.class)
        .accept(WebSocketOptions.DEFAULT, handler);
  }

  private static CompletionStage<Void> echo(WebSocket socket) {
    return socket
        .receive()
        .thenCompose(
            message ->
                message instanceof WebSocket.Close
                    ? CompletableFuture.<Void>completedStage(null)
                    : socket.send(message).thenCompose(ignored -> echo(socket)));
  }

  /** In blocking code. */
  private CompletionStage<Void> flood(WebSocket socket) {
    for (int i = 0; i < FLOOD_MESSAGES; i++) {
      ByteBuffer data = ByteBuffer.allocate(FLOOD_BYTES).putInt(0, i);
      CompletableFuture<Void> accepted = new CompletableFuture<>();
      flood.add(accepted);
      try {
        socket.send(new WebSocket.Binary(data)).toCompletableFuture().join();
      } catch (CompletionException e) {
        floodEnd.completeExceptionally(e);
        throw e;
      }
      accepted.complete(null);
    }
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> close(WebSocket socket) {
    return socket
        .close(4001, "done")
        .thenCompose(ignored -> socket.receive())
        .thenAccept(message -> answered.complete(((WebSocket.Close) message).code()));
  }
}
