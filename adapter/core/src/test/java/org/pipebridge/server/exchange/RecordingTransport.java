package org.pipebridge.server.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A transport in memory that notes what it was told, in order. */
final class RecordingTransport implements Transport {

  final List<String> events = new CopyOnWriteArrayList<>();
  final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  final CountDownLatch over = new CountDownLatch(1);
  private ByteArrayInputStream content = new ByteArrayInputStream(new byte[0]);
  private long declaredLength = -1;
  boolean head;
  boolean committed;
  @Nullable IOException writeFailure;
  @Nullable IOException readFailure;
  @Nullable Throwable endFailure;
  Runnable onAbort = () -> {};
  Runnable onWrite = () -> {};
  @Nullable Outcome outcome;

  RecordingTransport withContent(String text) {
    content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  RecordingTransport declaring(long length) {
    declaredLength = length;
    return this;
  }

  String sent() {
    return buffer.toString(StandardCharsets.UTF_8);
  }

  @Override
  public <T> @Nullable T feature(Class<T> type) {
    return null;
  }

  @Override
  public Collection<Class<?>> featureTypes() {
    return List.of();
  }

  @Override
  public boolean isHead() {
    return head;
  }

  @Override
  public boolean canHaveBody() {
    return declaredLength >= 0 || content.available() > 0 || readFailure != null;
  }

  @Override
  public long requestContentLength() {
    return declaredLength;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (readFailure != null) {
      throw readFailure;
    }
    events.add("read");
    return content.read(into, offset, count);
  }

  @Override
  public int available() {
    return content.available();
  }

  @Override
  public void begin(int status, ResponseHeaders headers, long contentLength, boolean close) {
    StringBuilder lines = new StringBuilder("begin " + status);
    for (int i = 0; i < headers.size(); i++) {
      if (headers.isSent(i)) {
        lines.append(' ').append(headers.name(i)).append('=').append(headers.value(i));
      }
    }
    events.add(
        lines + (contentLength < 0 ? "" : " length=" + contentLength) + (close ? " close" : ""));
  }

  @Override
  public void write(byte[] from, int offset, int count) throws IOException {
    if (writeFailure != null) {
      throw writeFailure;
    }
    onWrite.run();
    buffer.write(from, offset, count);
  }

  @Override
  public void flush() throws IOException {
    if (writeFailure != null) {
      throw writeFailure;
    }
    committed = true;
    events.add("flush");
  }

  @Override
  public void end() throws IOException {
    if (endFailure instanceof IOException e) {
      throw e;
    } else if (endFailure instanceof Error e) {
      throw e;
    }
    committed = true;
    events.add("end");
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void reset() {
    buffer.reset();
    events.add("reset");
  }

  @Override
  public void abort() {
    events.add("abort");
    onAbort.run();
  }

  @Override
  public void suspend() {
    events.add("suspend");
  }

  @Override
  public void finished(Outcome result) {
    outcome = result;
    events.add("finished");
    over.countDown();
  }
}
