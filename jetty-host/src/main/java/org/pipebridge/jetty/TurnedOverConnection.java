package org.pipebridge.jetty;

import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;

/**
 * What Jetty puts in the place of an HTTP/1 connection that was upgraded (U2).
 *
 * <p>It need not take over bytes that the parser has and has not looked at: {@link
 * WatchedEndPoint#over} took them back before, and the end point gives them out first (U6).
 */
final class TurnedOverConnection extends AbstractConnection {

  private final EndPointChannel channel;
  private final CompletableFuture<AsynchronousByteChannel> opened = new CompletableFuture<>();

  TurnedOverConnection(EndPoint endPoint, Executor executor) {
    super(endPoint, executor);
    this.channel = new EndPointChannel(endPoint);
  }

  /** The channel, when the 101 was sent. */
  CompletionStage<AsynchronousByteChannel> opened() {
    return opened;
  }

  /** From here on, how long nothing may happen is up to the other protocol. */
  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(0);
    opened.complete(channel);
  }

  @Override
  public void onFillable() {} // the channel waits by itself
}
