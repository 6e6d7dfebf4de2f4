package org.pipebridge.test.kit.f;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Request;

/** The frames of a WebSocket as a client writes and reads them (RFC 6455, section 5). */
final class Frames {

  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  static final int PONG = 0x8a;
  static final int FIRST_OF_TEXT = 0x01;
  static final int LAST = 0x80;

  private static final byte[] MASK = {1, (byte) 0x82, 3, (byte) 0x84};

  private final Connection connection;

  Frames(Connection connection) {
    this.connection = connection;
  }

  /** A frame as it came: its first byte, and its content as text of one character a byte. */
  record Frame(int first, String content) {}

  /** The handshake that RFC 6455 shows in section 1.3. */
  static Request handshake(Request request) {
    return request
        .header("Connection", "keep-alive, Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  void send(int first, byte[] content) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (content.length < 126) {
      frame.write(0x80 | content.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(content.length >> 8);
      frame.write(content.length);
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < content.length; i++) {
      frame.write(content[i] ^ MASK[i % MASK.length]);
    }
    connection.write(frame.toByteArray());
  }

  void send(int first, String content) {
    send(first, content.getBytes(UTF_8));
  }

  void close(int code, String reason) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(code >> 8);
    content.write(code);
    content.writeBytes(reason.getBytes(UTF_8));
    send(CLOSE, content.toByteArray());
  }

  Frame receive() {
    int first = connection.read();
    int length = connection.read();
    if (length == 126) {
      length = connection.read() << 8 | connection.read();
    }
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < length; i++) {
      content.append((char) connection.read());
    }
    return new Frame(first, content.toString());
  }

  /** The code of a close frame, or what else came. */
  static String codeOf(Frame frame) {
    String content = frame.content();
    return frame.first() == CLOSE && content.length() >= 2
        ? Integer.toString(content.charAt(0) << 8 | content.charAt(1))
        : frame.toString();
  }
}
