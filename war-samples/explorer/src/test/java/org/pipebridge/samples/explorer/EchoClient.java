package org.pipebridge.samples.explorer;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client: keeps what it hears for a test to ask for. */
final class EchoClient implements WebSocket.Listener {

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();

  /** Waits for what comes next; null after 20 seconds. */
  @Nullable String heard() throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    heard.add(data.remaining() + " bytes");
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    heard.add("closed with " + code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    heard.add("failed: " + error);
  }
}
