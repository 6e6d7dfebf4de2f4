package org.pipebridge.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;

/**
 * What a container makes, by its public constructor, when {@code HttpServletRequest.upgrade} is
 * called: it passes the connection on. Not for applications.
 *
 * @since 0.1
 */
public final class UpgradeBridge implements HttpUpgradeHandler {

  /** Undertow brings no connection, and says nothing, when the client is gone before the 101. */
  private static final long SECONDS = 30;

  private final CompletableFuture<AsynchronousByteChannel> opened = new CompletableFuture<>();
  private volatile @Nullable ListeningWebChannel channel;

  /** Creates a handler, as a container does. */
  public UpgradeBridge() {}

  /** The connection, when it is there. */
  CompletionStage<AsynchronousByteChannel> opened() {
    return Stages.orTimeout(opened, SECONDS);
  }

  @Override
  public void init(WebConnection connection) {
    try {
      if (ContainerKind.isUndertow(connection)) {
        open(new BlockingWebChannel(connection, BlockingThreads.executor()), connection);
        return;
      }
      ListeningWebChannel made = new ListeningWebChannel(connection);
      channel = made;
      open(made, connection);
      made.open(); // last: it may wait for those who read
    } catch (IOException e) {
      opened.completeExceptionally(e);
    }
  }

  private void open(AsynchronousByteChannel made, WebConnection connection) throws IOException {
    if (!opened.complete(made)) {
      close(connection); // it comes too late
    }
  }

  @Override
  public void destroy() {
    opened.completeExceptionally(new ClosedChannelException()); // if it has never come
    ListeningWebChannel known = channel;
    if (known != null) {
      known.lost();
    }
  }

  static void close(WebConnection connection) throws IOException {
    try {
      connection.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // as AutoCloseable declares
      throw new IOException(e);
    }
  }
}
