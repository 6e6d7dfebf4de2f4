package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The blocking view of the content of a request; closing it does nothing. */
final class BlockingInput extends InputStream {

  private final RequestBody body;

  BlockingInput(RequestBody body) {
    this.body = body;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, into.length);
    return body.readBlocking(into, offset, count);
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }
}
