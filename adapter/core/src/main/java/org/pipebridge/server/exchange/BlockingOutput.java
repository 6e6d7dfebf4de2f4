package org.pipebridge.server.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** The blocking view of the content of a response; {@code close()} completes it. */
final class BlockingOutput extends OutputStream {

  private final ResponseBody body;

  BlockingOutput(ResponseBody body) {
    this.body = body;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, from.length);
    body.enterBlocking("write", true);
    try {
      body.put(from, offset, count);
    } finally {
      body.exit();
    }
  }

  @Override
  public void flush() throws IOException {
    body.enterBlocking("flush", false);
    try {
      body.push();
    } finally {
      body.exit();
    }
  }

  @Override
  public void close() throws IOException {
    body.exchange.checkAlive();
    if (body.head().isCompleted()) {
      return;
    }
    body.enterBlocking("close", false);
    try {
      body.finish();
    } finally {
      body.exit();
    }
  }
}
