package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.internal.Stages;

/** What a server gets that writes stream, start and complete alone (F23, E5). */
final class ResponseBodyDefaultsTest {

  private final Recorder body = new Recorder();

  @Test
  void r53_aWrittenBufferHasNothingRemaining() throws Exception {
    ByteBuffer heap = ByteBuffer.wrap("xabcx".getBytes()).position(1).limit(4);
    ByteBuffer direct = ByteBuffer.allocateDirect(20_000);
    ByteBuffer readOnly = ByteBuffer.wrap("end".getBytes()).asReadOnlyBuffer();

    Stages.await(body.write(heap.slice()));
    Stages.await(body.write(heap));
    Stages.await(body.write(direct));
    Stages.await(body.write(readOnly));

    assertThat(heap.hasRemaining()).isFalse();
    assertThat(direct.hasRemaining()).isFalse();
    assertThat(readOnly.hasRemaining()).isFalse();
    assertThat(body.sent.size()).isEqualTo(20_009);
    assertThat(body.text()).startsWith("abcabc").endsWith("end");
  }

  @Test
  void f23_aFailingStreamFailsTheStage() {
    IOException broken = new IOException("broken");
    HttpResponseBodyFeature failing = new Failing(broken);

    assertThatThrownBy(() -> Stages.await(failing.write(ByteBuffer.allocate(1)))).isSameAs(broken);
    assertThatThrownBy(() -> Stages.await(failing.flush())).isSameAs(broken);
  }

  @Test
  void r53_allThatAPublisherGivesIsWritten() throws Exception {
    byte[] content = new byte[100_000];
    new Random(53).nextBytes(content);
    CompletionStage<Void> written;
    try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
      written = body.writeAll(publisher);
      for (int at = 0; at < content.length; at += 1000) {
        publisher.submit(ByteBuffer.wrap(content, at, 1000).slice());
      }
    }
    written.toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(body.sent.toByteArray()).isEqualTo(content);
  }

  @Test
  void r53_theEndOfThePublisherCountsWhenTheLastWriteIsDone() {
    PendingWrites pending = new PendingWrites();
    CompletionStage<Void> done = pending.writeAll(justOne("x"));
    assertThat(done.toCompletableFuture()).isNotDone();

    pending.write.complete(null);

    assertThat(done.toCompletableFuture()).isCompleted();
  }

  @Test
  void r53_aFailingPublisherFailsTheStage() {
    IOException broken = new IOException("broken");
    CompletionStage<Void> done =
        body.writeAll(
            subscriber -> {
              subscriber.onSubscribe(new Subscription(new AtomicBoolean()));
              subscriber.onError(broken);
            });

    assertThatThrownBy(() -> Stages.await(done)).isSameAs(broken);
  }

  @Test
  void r53_aFailingWriteCancelsTheSubscription() {
    AtomicBoolean cancelled = new AtomicBoolean();
    IOException broken = new IOException("broken");
    CompletionStage<Void> done =
        new Failing(broken)
            .writeAll(
                subscriber -> {
                  subscriber.onSubscribe(new Subscription(cancelled));
                  subscriber.onNext(ByteBuffer.wrap(new byte[1]));
                });

    assertThat(cancelled).isTrue();
    assertThatThrownBy(() -> Stages.await(done)).isSameAs(broken);
  }

  @ParameterizedTest
  @CsvSource({"0, -1, 200000", "0, 200000, 200000", "5, 100, 100", "200000, -1, 0", "7, 0, 0"})
  void r60_exactlyTheRangeIsSent(long offset, long count, int length, @TempDir Path folder)
      throws Exception {
    byte[] content = new byte[200_000];
    new Random(60).nextBytes(content);
    Path file = Files.write(folder.resolve("f"), content);

    Stages.await(body.sendFile(file, offset, count));

    assertThat(body.sent.toByteArray())
        .isEqualTo(java.util.Arrays.copyOfRange(content, (int) offset, (int) offset + length));
    assertThat(body.started).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "11, -1", "0, 11", "10, 1", "0, -2", "9223372036854775807, 1"})
  void r61_aRangeBeyondTheFileIsRefusedBeforeTheStart(long offset, long count, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> Stages.await(body.sendFile(file, offset, count)));
    assertThat(body.started).isFalse();
  }

  @Test
  void r61_whatIsNoFileIsRefusedBeforeTheStart(@TempDir Path folder) {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Stages.await(body.sendFile(folder.resolve("missing"), 0, -1)));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Stages.await(body.sendFile(folder, 0, -1)));
    assertThat(body.started).isFalse();
  }

  @Test
  void r62_anEmptyFileStartsAndWritesMayFollow(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("empty"));

    Stages.await(body.sendFile(file, 0, -1));
    assertThat(body.started).isTrue();
    Stages.await(body.write(ByteBuffer.wrap("after".getBytes())));

    assertThat(body.text()).isEqualTo("after");
  }

  @Test
  void r64_aFileThatShrinksFails(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[200_000]);
    Recorder shrinking =
        new Recorder() {
          @Override
          public CompletionStage<Void> write(ByteBuffer from) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.truncate(10);
            } catch (IOException e) {
              return CompletableFuture.failedStage(e);
            }
            return super.write(from);
          }
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Stages.await(shrinking.sendFile(file, 0, -1)))
        .withMessageContaining("shorter");
  }

  @Test
  void r65_theFileIsClosedWhenAWriteFails(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    IOException broken = new IOException("broken");

    assertThatThrownBy(() -> Stages.await(new Failing(broken).sendFile(file, 0, -1)))
        .isSameAs(broken);
    Files.delete(file);
  }

  @Test
  void r52_aFileWaitsForPendingWrites(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[200_000]);
    PendingWrites pending = new PendingWrites();
    CompletionStage<Void> done = pending.sendFile(file, 0, -1);
    assertThat(pending.count).isEqualTo(1);

    while (!done.toCompletableFuture().isDone()) {
      pending.completeWrite();
    }

    assertThat(pending.count).isEqualTo(4);
  }

  @Test
  void r66_aReplacedBodyGetsTheBytesOfAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    HttpResponseBodyFeature replaced = HttpResponseBodyFeature.of(seen, body);

    Stages.await(replaced.sendFile(file, 2, 3));

    assertThat(seen).hasToString("234");
    assertThat(body.sent.size()).isZero();
  }

  @Test
  void r54_startCompleteAndBufferingStayTheServers() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    OutputStream wrapper =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    HttpResponseBodyFeature replaced = HttpResponseBodyFeature.of(wrapper, body);

    assertThat(replaced.stream()).isSameAs(wrapper);
    Stages.await(replaced.start());
    assertThat(body.started).isTrue();
    replaced.disableBuffering();
    assertThat(body.unbuffered).isTrue();
    Stages.await(replaced.complete());
    assertThat(closed).isTrue();
    assertThat(body.completed).isTrue();
  }

  private static Flow.Publisher<ByteBuffer> justOne(String content) {
    return subscriber -> {
      subscriber.onSubscribe(new Subscription(new AtomicBoolean()));
      subscriber.onNext(ByteBuffer.wrap(content.getBytes()));
      subscriber.onComplete();
    };
  }

  private record Subscription(AtomicBoolean cancelled) implements Flow.Subscription {

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      cancelled.set(true);
    }
  }

  private static class Recorder implements HttpResponseBodyFeature {

    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    boolean started;
    boolean completed;
    boolean unbuffered;

    private final OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) {
            started = true;
            sent.write(b);
          }
        };

    String text() {
      return sent.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public OutputStream stream() {
      return stream;
    }

    @Override
    public CompletionStage<Void> start() {
      started = true;
      return Stages.completed();
    }

    @Override
    public CompletionStage<Void> complete() {
      completed = true;
      return Stages.completed();
    }

    @Override
    public void disableBuffering() {
      unbuffered = true;
    }
  }

  private static final class Failing extends Recorder {

    private final OutputStream stream;

    Failing(IOException failure) {
      stream =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              throw failure;
            }

            @Override
            public void flush() throws IOException {
              throw failure;
            }
          };
    }

    @Override
    public OutputStream stream() {
      return stream;
    }
  }

  private static final class PendingWrites extends Recorder {

    CompletableFuture<Void> write = new CompletableFuture<>();
    int count;
    private ByteBuffer pending = ByteBuffer.allocate(0);

    @Override
    public CompletionStage<Void> write(ByteBuffer from) {
      count++;
      pending = from;
      write = new CompletableFuture<>();
      return write;
    }

    void completeWrite() {
      pending.position(pending.limit());
      write.complete(null);
    }
  }
}
