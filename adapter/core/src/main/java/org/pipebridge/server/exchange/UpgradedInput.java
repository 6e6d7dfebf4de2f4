package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What the client of an upgraded connection sends, blocking. */
final class UpgradedInput extends InputStream {

  private final UpgradedStream stream;

  UpgradedInput(UpgradedStream stream) {
    this.stream = stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, into.length);
    return UpgradedOutput.await(stream.read(ByteBuffer.wrap(into, offset, count), true));
  }
}
