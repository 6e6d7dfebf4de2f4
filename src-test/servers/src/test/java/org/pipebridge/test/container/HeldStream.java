package org.pipebridge.test.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One request of {@link HeldStreamsTest} as its client sees it: moves what the network takes, and
 * holds nothing but positions.
 */
final class HeldStream implements AutoCloseable {

  /** Small, so that content waits in the server and not in the kernel. */
  private static final int SOCKET_BUFFER = 64 * 1024;

  private final SocketChannel channel = SocketChannel.open();
  private final ByteBuffer head;
  private final long length;
  private long sent;
  private long received;
  private int newLines; // of the end of the answer's head, which is over at the second in a row

  HeldStream(InetSocketAddress server, String path, long length) throws IOException {
    this.length = length;
    String text =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n";
    head = ByteBuffer.wrap(text.formatted(path, length).getBytes(StandardCharsets.US_ASCII));
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    channel.connect(server);
    channel.configureBlocking(false);
  }

  /** Sends as much as the network takes. */
  long send() throws IOException {
    long before = sent;
    if (head.hasRemaining()) {
      channel.write(head);
    }
    while (!head.hasRemaining() && sent < length) {
      int count = channel.write(SharedContent.piece(sent, length - sent));
      if (count == 0) {
        break;
      }
      sent += count;
    }
    return sent - before;
  }

  boolean isSent() {
    return sent == length;
  }

  /** Receives and checks what is there. */
  long receive(ByteBuffer buffer) throws IOException {
    long before = received;
    while (channel.read(buffer.clear()) > 0) {
      buffer.flip();
      while (newLines < 2 && buffer.hasRemaining()) {
        byte b = buffer.get();
        newLines = b == '\n' ? newLines + 1 : b == '\r' ? newLines : 0;
      }
      received += SharedContent.check(received, buffer);
    }
    return received - before;
  }

  boolean isReceived() {
    return received == length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
