package org.pipebridge.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** A container's stream that takes everything. */
final class DiscardingOutput extends ServletOutputStream {

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new AssertionError("no non-blocking I/O here");
  }

  @Override
  public void write(int b) {}
}
