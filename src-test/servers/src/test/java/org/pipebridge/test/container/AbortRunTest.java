package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;

/**
 * Requests are aborted at random by clients and by the application, in blocking and asynchronous
 * code: each ends exactly once, none hangs, and no byte is in the answer to another.
 */
@Tag("reliability")
final class AbortRunTest {

  private static final int REQUESTS = Integer.getInteger("reliability.aborts", 4_000);
  private static final int CLIENTS = 8;
  private static final int LINES = 200;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong whole = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void a2_c14_eachRequestEndsOnceAndAlone(Subject subject) throws Exception {
    Logger logger = Logger.getLogger("");
    Level level = logger.getLevel();
    logger.setLevel(Level.OFF); // containers tell of clients that left
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Subject.Running running = subject.start(this::configure)) {
      run(clients, running.address(), 500); // makes what stays
      awaitQuiet();
      int threads = Thread.activeCount();
      run(clients, running.address(), REQUESTS);
      awaitQuiet();
      assertThat(ended.get()).as("ends of requests").isEqualTo(begun.get());
      assertThat(whole.get()).as("whole answers").isPositive();
      assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 32);
    } finally {
      clients.shutdownNow();
      executor.shutdownNow();
      logger.setLevel(level);
    }
  }

  private void run(ExecutorService clients, InetSocketAddress address, int requests)
      throws Exception {
    CompletableFuture<?>[] all = new CompletableFuture<?>[CLIENTS];
    for (int c = 0; c < CLIENTS; c++) {
      SplittableRandom random = new SplittableRandom(c);
      all[c] = CompletableFuture.runAsync(() -> client(random, address, requests), clients);
    }
    CompletableFuture.allOf(all).get();
  }

  private void client(SplittableRandom random, InetSocketAddress address, int requests) {
    for (int i = 0; i < requests / CLIENTS; ) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 10_000);
        socket.setSoTimeout(30_000);
        boolean kept = true;
        for (; kept && i < requests / CLIENTS; i++) {
          kept = ask(random, socket, Long.toString(random.nextLong(1L << 40), 36));
        }
      } catch (java.net.SocketTimeoutException e) {
        throw new AssertionError("a request hangs", e);
      } catch (IOException broken) {
        i++; // by the server, as the application wanted
      }
    }
  }

  /** Asks once; tells whether the connection can be used again. */
  private boolean ask(SplittableRandom random, Socket socket, String id) throws IOException {
    String request =
        "GET /%s?%d HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(id, random.nextInt(6));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    if (random.nextInt(4) == 0) {
      if (random.nextBoolean()) {
        socket.setSoLinger(true, 0); // a reset
      }
      int some = random.nextInt(1000);
      socket.getInputStream().readNBytes(some);
      return false;
    }
    String answer = readAnswer(socket.getInputStream());
    int head = answer.indexOf("\r\n\r\n");
    if (head < 0) {
      return false; // an abort that came late has broken the connection before
    }
    String content = answer.substring(head + 4).replaceAll("(?mi)^[0-9a-f]{1,4}\r\n", "");
    for (String line : content.split("\n")) {
      boolean own =
          line.isBlank() || (id + '.').startsWith(line.strip()) || line.strip().equals(id);
      assertThat(own).as("line \"%s\" in the answer to %s", line, id).isTrue();
    }
    if (answer.endsWith("\r\n0\r\n\r\n")) {
      whole.incrementAndGet();
      return true;
    }
    return false;
  }

  /** Reads a chunked answer to its end, or to where it breaks off. */
  private static String readAnswer(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      if (b == '\n' && bytes.size() > 7 && endsMessage(bytes)) {
        break;
      }
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  private static boolean endsMessage(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n0\r\n\r\n");
  }

  private void configure(ApplicationBuilder app) {
    app.use(
        (context, next) -> {
          begun.incrementAndGet();
          context.response().onCompleted(ended::incrementAndGet);
          next.handle(context);
        });
    app.runAsync(
        context -> {
          int way = Integer.parseInt(context.request().queryString().substring(1));
          if (way % 2 == 0) {
            answer(context, way);
            return CompletableFuture.completedStage(null);
          }
          return later(context, way);
        });
  }

  private CompletionStage<Void> later(HttpContext context, int way) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            answer(context, way);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        executor);
  }

  /** Ways 4 and 5 abort in the middle, from another thread. */
  private void answer(HttpContext context, int way) throws IOException {
    String line = context.request().path().substring(1) + '\n';
    for (int i = 0; i < LINES; i++) {
      context.response().write(line);
      if (i % 50 == 0) {
        context.response().flush();
      }
      if (way >= 4 && i == LINES / 2) {
        CompletableFuture.runAsync(context::abort);
      }
    }
  }

  private void awaitQuiet() {
    await(() -> begun.get() == ended.get());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
