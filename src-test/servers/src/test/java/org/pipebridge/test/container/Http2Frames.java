package org.pipebridge.test.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 made by hand (RFC 9113), for clients that leave where no library does. */
final class Http2Frames {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int SETTINGS = 4;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Http2Frames() {}

  /** Begins a connection, by prior knowledge, and a POST on its stream 1 whose content follows. */
  static OutputStream begin(Socket client, String path) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(PREFACE);
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
    out.write(frame(HEADERS, END_HEADERS, 1, head(path)));
    return out;
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** A POST, in literals of the static table's names (RFC 7541, section 6.2.2). */
  private static byte[] head(String path) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x83); // :method POST
    head.write(0x86); // :scheme http
    literal(head, 4, path);
    literal(head, 1, "localhost");
    return head.toByteArray();
  }

  private static void literal(ByteArrayOutputStream head, int name, String value)
      throws IOException {
    head.write(name);
    head.write(value.length());
    head.write(value.getBytes(StandardCharsets.US_ASCII));
  }
}
