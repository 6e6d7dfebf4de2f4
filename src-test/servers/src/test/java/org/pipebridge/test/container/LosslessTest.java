package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
  private static final long SEED = Long.getLong("reliability.seed", 1);

  @ParameterizedTest
  @EnumSource
  void q20_r20_everyByteArrives(Subject subject) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Subject.Running running = subject.start(LosslessTest::configure)) {
      URI target = URI.create("http://127.0.0.1:" + running.address().getPort() + "/");
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(10))
              .build();
      var exchanges =
          IntStream.range(0, STREAMS)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        exchange(client, target, SEED * 1_000_003 + i);
                        return null;
                      })
              .toList();
      for (Future<Void> done : clients.invokeAll(exchanges)) {
        done.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void exchange(HttpClient client, URI target, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    RandomContent sent = new RandomContent(random.nextLong(), length(random));
    long answerSeed = random.nextLong();
    long answerLength = length(random);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofSeconds(120))
            .header("X-Seed", Long.toString(answerSeed))
            .header("X-Length", Long.toString(answerLength))
            .header("X-Stages", Boolean.toString(random.nextBoolean()))
            .POST(BodyPublishers.ofInputStream(() -> sent))
            .build();
    var answer = client.send(request, BodyHandlers.ofInputStream());
    CRC32C received = new CRC32C();
    long count = 0;
    try (InputStream content = answer.body()) {
      byte[] piece = new byte[random.nextInt(1, 60_000)];
      for (int n = content.read(piece); n >= 0; n = content.read(piece)) {
        received.update(piece, 0, n);
        count += n;
        RandomContent.pause(random);
      }
    }
    RandomContent expected = new RandomContent(answerSeed, answerLength);
    expected.transferTo(OutputStream.nullOutputStream());
    assertThat(answer.statusCode()).as("status, seed %d", seed).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Sum"))
        .as("what the server received, seed %d", seed)
        .hasValue(Long.toString(sent.sum()));
    assertThat(count).as("length of the answer, seed %d", seed).isEqualTo(answerLength);
    assertThat(received.getValue()).as("answer, seed %d", seed).isEqualTo(expected.sum());
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
    app.run(
        context -> {
          boolean stages = "true".equals(context.request().headers().first("X-Stages"));
          SplittableRandom random = new SplittableRandom(number(context, "X-Seed") + 1);
          long sum = stages ? readByStages(context, random) : read(context, random);
          context.response().headers().set("X-Sum", Long.toString(sum));
          RandomContent content =
              new RandomContent(number(context, "X-Seed"), number(context, "X-Length"));
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
        });
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
