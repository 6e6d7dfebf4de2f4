package org.pipebridge.test.servlets;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** The JDK's WebSocket client, which notes what it sees, in order. */
final class JdkClient implements WebSocket.Listener {

  private static final int DEADLINE_SECONDS = 20;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean eager;
  private int bytes;
  private int first;

  private JdkClient(boolean eager) {
    this.eager = eager;
  }

  /** A client and its socket. */
  record Opened(WebSocket socket, JdkClient client) {

    /** Waits for the next thing that is seen. */
    String next() throws InterruptedException {
      String next = client.seen.poll(DEADLINE_SECONDS, SECONDS);
      return next == null ? "nothing" : next;
    }
  }

  static Opened open(URI uri) throws Exception {
    return open(uri, true);
  }

  /** Opens a socket that takes nothing until it is asked to. */
  static Opened openLazy(URI uri) throws Exception {
    return open(uri, false);
  }

  private static Opened open(URI uri, boolean eager) throws Exception {
    JdkClient client = new JdkClient(eager);
    WebSocket socket =
        CLIENT.newWebSocketBuilder().buildAsync(uri, client).get(DEADLINE_SECONDS, SECONDS);
    return new Opened(socket, client);
  }

  @Override
  public void onOpen(WebSocket socket) {
    if (eager) {
      socket.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      seen.add("text " + text);
      text.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (bytes == 0 && data.remaining() >= Integer.BYTES) {
      first = data.getInt(data.position());
    }
    bytes += data.remaining();
    if (last) {
      seen.add("binary " + bytes + " " + first);
      bytes = 0;
      first = 0;
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
    seen.add("pong " + data.remaining());
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    seen.add("close " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    seen.add("error " + error);
  }
}
