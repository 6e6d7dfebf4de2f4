package org.pipebridge.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that only counts what it is told, so that none of it can be left out. */
final class LightResponse extends HttpServletResponseWrapper {

  private final Output output = new Output();
  private long count;

  LightResponse() {
    super(Refusing.all(HttpServletResponse.class));
  }

  /** Returns how much it was told so far. */
  long count() {
    return count;
  }

  @Override
  public void setStatus(int status) {
    count++;
  }

  @Override
  public void setHeader(String name, String value) {
    count += value.length();
  }

  @Override
  public void addHeader(String name, String value) {
    count += value.length();
  }

  @Override
  public void setContentType(String type) {
    count += type.length();
  }

  @Override
  public void setContentLengthLong(long length) {
    count += length;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void flushBuffer() {
    count++;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return output;
  }

  /** The content. */
  private final class Output extends ServletOutputStream {

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      count += length;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
