package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;

/**
 * Content of random length goes both ways in random pieces between slow and fast ends, and not a
 * byte is lost or changed.
 */
@Tag("reliability")
final class LosslessTest {

  private static final int STREAMS = Integer.getInteger("reliability.streams", 40);
  private static final int CLIENTS = 4;
  private static final int LARGEST = 20_000_000;
  private static final Way[] WAYS = Way.values();
  private static final long SEED = Long.getLong("reliability.seed", 1);

  /** How the application moves content. */
  private enum Way {
    BLOCKING,
    STAGES,
    NON_BLOCKING
  }

  static Stream<Subject> subjects() {
    return Subject.chosen(
        Subject.IN_MEMORY,
        Subject.JETTY_SERVER,
        Subject.JETTY_SERVER_TLS,
        Subject.JETTY,
        Subject.TOMCAT,
        Subject.UNDERTOW);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("subjects")
  void q20_r20_everyByteArrives(Subject subject) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    AtomicInteger done = new AtomicInteger();
    long begin = System.nanoTime();
    try (Subject.Running running = subject.start(LosslessTest::configure)) {
      StreamClient client = StreamClient.of(running);
      var exchanges =
          IntStream.range(0, STREAMS)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        exchange(client, SEED * 1_000_003 + i);
                        report(subject, done.incrementAndGet(), begin);
                        return null;
                      })
              .toList();
      for (Future<Void> exchange : clients.invokeAll(exchanges)) {
        exchange.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void report(Subject subject, int done, long begin) {
    if (done % 100 == 0 || done == STREAMS) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
      System.out.printf("%s: %d of %d streams, %d s%n", subject, done, STREAMS, seconds);
    }
  }

  private static void exchange(StreamClient client, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RandomContent sent = new RandomContent(random.nextLong(), length(random));
    long answerSeed = random.nextLong();
    long answerLength = length(random);
    Way way = WAYS[random.nextInt(WAYS.length)];
    Map<String, String> headers =
        Map.of(
            "X-Seed", Long.toString(answerSeed),
            "X-Length", Long.toString(answerLength),
            "X-Way", way.name());
    StreamClient.Received received = client.send(headers, sent, random);
    RandomContent expected = new RandomContent(answerSeed, answerLength);
    expected.transferTo(OutputStream.nullOutputStream());
    assertThat(received.status()).as("status, seed %d", seed).isEqualTo(200);
    assertThat(received.echoedSum())
        .as("what the server received, %s, seed %d", way, seed)
        .isEqualTo(Long.toString(sent.sum()));
    assertThat(received.length())
        .as("length of the answer, %s, seed %d", way, seed)
        .isEqualTo(answerLength);
    assertThat(received.sum()).as("answer, %s, seed %d", way, seed).isEqualTo(expected.sum());
  }

  /** Mostly small, now and then large, sometimes nothing. */
  private static long length(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(3);
      case 1 -> random.nextInt(100_000);
      case 2 -> random.nextInt(1_000_000);
      default -> random.nextInt(LARGEST);
    };
  }

  private static void configure(ApplicationBuilder app) {
    app.use(
        (context, next) -> {
          context.request().headers(); // a blocking part around both ways
          next.handle(context);
        });
    app.runAsync(
        context -> {
          Way way = Way.valueOf(context.request().headers().first("X-Way"));
          SplittableRandom random = new SplittableRandom(number(context, "X-Seed") + 1);
          if (way == Way.NON_BLOCKING) {
            return publish(context, random);
          }
          boolean stages = way == Way.STAGES;
          long sum = stages ? readByStages(context, random) : read(context, random);
          context.response().headers().set("X-Sum", Long.toString(sum));
          RandomContent content = content(context);
          byte[] piece = new byte[random.nextInt(1, 60_000)];
          for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
            if (stages) {
              Stages.await(context.response().writeAsync(ByteBuffer.wrap(piece, 0, n)));
            } else {
              context.response().body().write(piece, 0, n);
            }
            if (random.nextInt(20) == 0) {
              context.response().flush();
            }
          }
          return Stages.completed();
        });
  }

  private static CompletionStage<Void> publish(HttpContext context, SplittableRandom random) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    CRC32C sum = new CRC32C();
    RandomContent content = content(context);
    return Pieces.take(
            context.request().publisher(),
            piece -> {
              sum.update(piece);
              RandomContent.pause(random);
              return Stages.completed();
            })
        .thenCompose(
            taken -> {
              context.response().headers().set("X-Sum", Long.toString(sum.getValue()));
              return context.response().writeAll(Pieces.from(() -> piece(content, random)));
            });
  }

  private static ByteBuffer piece(RandomContent content, SplittableRandom random) {
    byte[] piece = new byte[random.nextInt(1, 60_000)];
    int count = content.read(piece, 0, piece.length);
    return count < 0 ? null : ByteBuffer.wrap(piece, 0, count);
  }

  private static RandomContent content(HttpContext context) {
    return new RandomContent(number(context, "X-Seed"), number(context, "X-Length"));
  }

  private static long number(HttpContext context, String name) {
    return Long.parseLong(context.request().headers().first(name));
  }

  private static long read(HttpContext context, SplittableRandom random) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] piece = new byte[random.nextInt(1, 60_000)];
    InputStream content = context.request().body();
    for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
      sum.update(piece, 0, n);
      RandomContent.pause(random);
    }
    return sum.getValue();
  }

  private static long readByStages(HttpContext context, SplittableRandom random) throws Exception {
    CRC32C sum = new CRC32C();
    ByteBuffer piece = ByteBuffer.allocate(random.nextInt(1, 60_000));
    while (context.request().read(piece.clear()).toCompletableFuture().get() >= 0) {
      sum.update(piece.flip());
      RandomContent.pause(random);
    }
    return sum.getValue();
  }
}
