package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.test.SocketBuffers;

/**
 * Many streams of large content are under way at once, first held by an application that does not
 * read, then by clients that do not: each takes less than a MiB, and none loses a byte (R52).
 */
@Tag("reliability")
final class HeldStreamsTest {

  private static final int STREAMS = Integer.getInteger("reliability.held", 32);
  private static final long LENGTH = Math.max(5_000_000, 2 * SocketBuffers.mostToSend());
  private static final long MOST_BYTES = 1 << 20;
  private static final int PIECE = 16 * 1024;
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong given = new AtomicLong();
  private volatile CompletableFuture<Void> reads = new CompletableFuture<>();

  static Stream<Arguments> runs() {
    return Subject.chosen(Subject.JETTY_SERVER, Subject.JETTY, Subject.TOMCAT, Subject.UNDERTOW)
        .flatMap(
            subject -> Stream.of("/blocking", "/publisher").map(w -> Arguments.of(subject, w)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("runs")
  void r52_heldStreamsTakeLittleMemory(Subject subject, String way) throws Exception {
    try (Subject.Running running = subject.start(this::configure)) {
      hold(running, way, 2); // makes what stays
      long idle = usedBytes();
      long[] used = hold(running, way, STREAMS);
      long reading = (used[0] - idle) / STREAMS;
      long writing = (used[1] - idle) / STREAMS;
      System.out.printf(
          "%s, %s: %d streams held, %d KiB each while sending, %d KiB each while answering%n",
          subject, way, STREAMS, reading >> 10, writing >> 10);
      assertThat(reading).as("bytes for a request that waits").isLessThan(MOST_BYTES);
      assertThat(writing).as("bytes for an answer that waits").isLessThan(MOST_BYTES);
    }
  }

  /** Runs streams to their ends; returns what was in use when each was held in both places. */
  private long[] hold(Subject.Running running, String way, int count) throws Exception {
    waiting.set(0);
    given.set(0);
    reads = new CompletableFuture<>();
    List<HeldStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        streams.add(new HeldStream(running.address(), way, LENGTH));
      }
      moveUntil(() -> waiting.get() == count, () -> sum(streams, HeldStream::send));
      assertThat(streams).as("sent").noneMatch(HeldStream::isSent);
      long whileSending = usedBytes();
      reads.complete(null);
      moveUntil(
          () -> streams.stream().allMatch(HeldStream::isSent),
          () -> sum(streams, HeldStream::send) + given.getAndSet(0));
      assertThat(waiting).as("answers that wait").hasValue(count);
      long whileAnswering = usedBytes();
      moveUntil(
          () -> streams.stream().allMatch(HeldStream::isReceived),
          () -> sum(streams, stream -> stream.receive(buffer)));
      assertThat(LiveThreads.await(() -> waiting.get() == 0)).as("all have ended").isTrue();
      return new long[] {whileSending, whileAnswering};
    } finally {
      for (HeldStream stream : streams) {
        stream.close();
      }
    }
  }

  /** Moves content of one stream, and tells how much. */
  private interface Move {
    long of(HeldStream stream) throws IOException;
  }

  /** Moves content of all streams, and tells how much. */
  private interface Moves {
    long all() throws IOException;
  }

  private static long sum(List<HeldStream> streams, Move move) throws IOException {
    long sum = 0;
    for (HeldStream stream : streams) {
      sum += move.of(stream);
    }
    return sum;
  }

  /** Moves until it has come so far, and nothing has moved for a while. */
  private static void moveUntil(BooleanSupplier there, Moves moves) throws IOException {
    long begin = System.nanoTime();
    long last = begin;
    while (System.nanoTime() - last < QUIET.toNanos() || !there.getAsBoolean()) {
      if (moves.all() > 0) {
        last = System.nanoTime();
      } else {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      assertThat(System.nanoTime() - begin).as("time").isLessThan(DEADLINE.toNanos());
    }
  }

  private void configure(ApplicationBuilder app) {
    app.runAsync(
        context -> {
          context
              .features()
              .require(HttpMaxRequestBodySizeFeature.class)
              .setMaxRequestBodySize(OptionalLong.empty());
          context.response().setContentLength(LENGTH);
          return context.request().path().equals("/publisher") ? publish(context) : block(context);
        });
  }

  private CompletionStage<Void> block(HttpContext context) throws IOException {
    InputStream content = context.request().body();
    byte[] piece = new byte[PIECE];
    long position = 0;
    for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
      position += SharedContent.check(position, ByteBuffer.wrap(piece, 0, n));
      held(position, n).join();
    }
    assertThat(position).isEqualTo(LENGTH);
    for (long at = 0; at < LENGTH; ) {
      ByteBuffer next = give(at);
      at += next.remaining();
      context.response().body().write(next.array(), next.position(), next.remaining());
    }
    waiting.decrementAndGet();
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> publish(HttpContext context) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    AtomicLong received = new AtomicLong();
    AtomicLong sent = new AtomicLong();
    return Pieces.take(context.request().publisher(), piece -> take(received, piece))
        .thenCompose(
            taken -> {
              assertThat(received).hasValue(LENGTH);
              return context.response().writeAll(Pieces.from(() -> next(sent)));
            })
        .thenRun(waiting::decrementAndGet);
  }

  private CompletionStage<Void> take(AtomicLong received, ByteBuffer piece) {
    int count = SharedContent.check(received.get(), piece);
    return held(received.addAndGet(count), count);
  }

  private ByteBuffer next(AtomicLong sent) {
    if (sent.get() == LENGTH) {
      return null;
    }
    ByteBuffer piece = give(sent.get());
    sent.addAndGet(piece.remaining());
    return piece;
  }

  /** Lets an application go on after its first piece when all are to. */
  private CompletableFuture<Void> held(long position, int count) {
    if (position == count) {
      waiting.incrementAndGet();
    }
    return reads;
  }

  private ByteBuffer give(long position) {
    given.incrementAndGet();
    return SharedContent.piece(position, LENGTH - position);
  }

  /** What is in use after a collection, on the heap and in direct buffers. */
  private static long usedBytes() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
  }
}
