package org.pipebridge.test.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Answer.Framing;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.Head;

/** What has come on one stream, for somebody who waits for parts of it. */
final class Http2Answer implements Stream.Listener {

  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final String method;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Head> interim = new ArrayList<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private List<Field> trailers = List.of();
  private @Nullable Head head;
  private boolean headTaken;
  private int contentTaken;
  private boolean ended;
  private @Nullable String broken;

  Http2Answer(String method) {
    this.method = method;
  }

  Head head() {
    await(() -> head != null || broken != null, DEADLINE_NANOS);
    headTaken = true;
    assertThat(head).as("head of the response, the stream being %s", state()).isNotNull();
    return head;
  }

  byte[] content(int count) {
    head();
    await(() -> content.size() >= contentTaken + count || ended || broken != null, DEADLINE_NANOS);
    byte[] all = content.toByteArray();
    int from = contentTaken;
    contentTaken = Math.min(all.length, from + count);
    return Arrays.copyOfRange(all, from, contentTaken);
  }

  Answer whole() {
    Head received = head();
    assertThat(await(() -> ended || broken != null, DEADLINE_NANOS))
        .as("the response has ended")
        .isTrue();
    return new Answer(
        received, content.toByteArray(), framing(received), List.of(), trailers, !ended, interim);
  }

  private String state() {
    return broken == null ? "silent" : broken;
  }

  private Framing framing(Head received) {
    if (method.equals("HEAD") || received.status() == 204 || received.status() == 304) {
      return Framing.NONE;
    }
    return received.first("Content-Length") == null ? Framing.CHUNKED : Framing.LENGTH;
  }

  /** Whether something comes within a time that was not asked for yet. */
  boolean comes(long nanos) {
    return await(
        () ->
            !headTaken && (head != null || broken != null)
                || content.size() > contentTaken
                || ended
                || headTaken && broken != null,
        nanos);
  }

  private boolean await(BooleanSupplier there, long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!there.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = more.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  private void note(Runnable change) {
    lock.lock();
    try {
      change.run();
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onHeaders(Stream stream, HeadersFrame frame) {
    note(() -> take(frame));
    if (!frame.isEndStream()) {
      stream.demand();
    }
  }

  private void take(HeadersFrame frame) {
    if (!(frame.getMetaData() instanceof MetaData.Response response)) {
      trailers = fields(frame.getMetaData().getHttpFields());
    } else if (response.getStatus() < 200) {
      interim.add(new Head("", response.getStatus(), "", fields(response.getHttpFields())));
    } else {
      head = new Head("", response.getStatus(), "", fields(response.getHttpFields()));
    }
    ended = frame.isEndStream();
  }

  private static List<Field> fields(HttpFields fields) {
    List<Field> lines = new ArrayList<>();
    for (HttpField field : fields) {
      lines.add(new Field(field.getName(), field.getValue() == null ? "" : field.getValue()));
    }
    return lines;
  }

  @Override
  public void onDataAvailable(Stream stream) {
    Stream.Data data = stream.readData();
    if (data == null) {
      stream.demand();
      return;
    }
    byte[] bytes = new byte[data.frame().remaining()];
    data.frame().getByteBuffer().get(bytes);
    boolean last = data.frame().isEndStream();
    data.release();
    note(
        () -> {
          content.writeBytes(bytes);
          ended = last;
        });
    if (!last) {
      stream.demand();
    }
  }

  @Override
  public void onReset(Stream stream, ResetFrame frame, Callback callback) {
    note(() -> broken = "reset with the error " + frame.getError());
    callback.succeeded();
  }

  @Override
  public void onFailure(
      Stream stream, int error, String reason, Throwable failure, Callback callback) {
    note(() -> broken = "failed with the error " + error + ": " + reason + " " + failure);
    callback.succeeded();
  }
}
