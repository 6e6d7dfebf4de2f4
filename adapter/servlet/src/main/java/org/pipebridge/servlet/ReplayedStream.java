package org.pipebridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.pipebridge.feature.KeptContent;

/** Content that was kept, and then the rest of it from the container. A listener gets both. */
final class ReplayedStream extends ServletInputStream {

  private final ServletRequest request;
  private final KeptContent kept;
  private final ServletInputStream rest;
  private byte[] early = {};
  private long position;
  private boolean listening;
  private boolean allKept;

  ReplayedStream(ServletRequest request, KeptContent kept, ServletInputStream rest) {
    this.request = request;
    this.kept = kept;
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!hasKept()) {
      return rest.read(into, offset, length);
    }
    long inEarly = position - kept.size();
    int count;
    if (inEarly < 0) {
      count = kept.read(position, into, offset, length);
    } else {
      count = Math.min(length, early.length - (int) inEarly);
      System.arraycopy(early, (int) inEarly, into, offset, count);
    }
    position += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    long left = size() - position;
    return left > 0 ? (int) Math.min(left, Integer.MAX_VALUE) : rest.available();
  }

  @Override
  public boolean isFinished() {
    return !hasKept() && rest.isFinished();
  }

  @Override
  public boolean isReady() {
    return hasKept() || allKept || rest.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    Objects.requireNonNull(listener, "listener");
    if (listening) {
      throw new IllegalStateException("a ReadListener is set once");
    }
    listening = true;
    takeEarly();
    allKept = rest.isFinished();
    if (allKept) { // a container tells of nothing more then (Undertow)
      request.getAsyncContext().start(() -> giveAll(listener));
      return;
    }
    rest.setReadListener(
        new ReadListener() {
          @Override
          public void onDataAvailable() throws IOException {
            listener.onDataAvailable();
          }

          @Override
          public void onAllDataRead() throws IOException {
            giveRest(listener);
          }

          @Override
          public void onError(Throwable failure) {
            listener.onError(failure);
          }
        });
  }

  /**
   * Takes what has come already: when a part of it was read without a listener, Tomcat would give
   * it to the listener from the wrong place.
   */
  private void takeEarly() {
    if (!rest.getClass().getName().startsWith("org.apache.catalina.")) {
      return;
    }
    try {
      early = rest.readNBytes(rest.available());
    } catch (IOException e) {
      throw new UncheckedIOException("the content cannot be read", e);
    }
  }

  /** What is kept is always ready, of which the container knows nothing. */
  private void giveRest(ReadListener listener) throws IOException {
    if (hasKept()) {
      listener.onDataAvailable();
    }
    listener.onAllDataRead();
  }

  private void giveAll(ReadListener listener) {
    try {
      giveRest(listener);
    } catch (IOException | RuntimeException e) {
      listener.onError(e);
    }
  }

  private boolean hasKept() {
    return position < size();
  }

  private long size() {
    return kept.size() + early.length;
  }
}
