package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.internal.AsyncChannel;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.ServerOptions;

/** Long chains on an upgraded connection whose bytes are always there (B14). */
final class UpgradedStreamTest {

  private static final int LENGTH = 20_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final UpgradedStream stream =
      new UpgradedStream(
          new Exchange(new RecordingTransport(), new Exchanges(ServerOptions.DEFAULT)),
          new Ready(),
          this::runBeforeReturning);

  /** A channel that has bytes, and takes them, at once. */
  private static final class Ready extends AsyncChannel {

    @Override
    public <A> void read(
        ByteBuffer into, A attachment, CompletionHandler<Integer, ? super A> done) {
      into.put((byte) 1);
      done.completed(1, attachment);
    }

    @Override
    public <A> void write(
        ByteBuffer from, A attachment, CompletionHandler<Integer, ? super A> done) {
      int count = from.remaining();
      from.position(from.limit());
      done.completed(count, attachment);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** The other thread is always the faster one: each stage is complete when its caller has it. */
  private void runBeforeReturning(Runnable task) {
    try {
      threads.submit(task).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void end() {
    threads.shutdown();
  }

  @Test
  void b14_aChainOfTheHandlerDoesNotGrowTheStack() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    threads.execute(() -> stream.execute(() -> echo(LENGTH, end)));

    assertThat(end.get(60, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void b14_aChainOfAnotherThreadDoesNotGrowTheStack() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    echo(LENGTH, end);

    assertThat(end.get(60, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void b14_aChainWithBlockingPartsDoesNotGrowTheStack() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    threads.execute(() -> stream.execute(() -> whenOver(readAndWriteBlocking(LENGTH), end)));

    assertThat(end.get(60, TimeUnit.SECONDS)).isNull();
  }

  private CompletionStage<Void> readAndWriteBlocking(int times) {
    return times == 0
        ? Stages.completed()
        : stream
            .read(ByteBuffer.allocate(1))
            .thenCompose(
                count -> {
                  writeBlocking();
                  return readAndWriteBlocking(times - 1);
                });
  }

  private void writeBlocking() {
    try {
      stream.output().write(1);
      stream.output().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void b14_oneWhoWaitsInsideAChainIsNotWaitedFor() throws Exception {
    CompletableFuture<Integer> sum = new CompletableFuture<>();
    threads.execute(() -> stream.execute(() -> sum.complete(readEach(100))));

    assertThat(sum.get(60, TimeUnit.SECONDS)).isEqualTo(100);
  }

  private void echo(int times, CompletableFuture<Void> end) {
    whenOver(turn(times), end);
  }

  private static void whenOver(CompletionStage<Void> stage, CompletableFuture<Void> end) {
    stage.whenComplete(
        (ignored, failure) -> {
          if (failure == null) {
            end.complete(null);
          } else {
            end.completeExceptionally(failure);
          }
        });
  }

  private CompletionStage<Void> turn(int times) {
    ByteBuffer one = ByteBuffer.allocate(1);
    return times == 0
        ? Stages.completed()
        : stream
            .read(one)
            .thenCompose(count -> stream.write(one.flip()))
            .thenCompose(ignored -> turn(times - 1));
  }

  private int readEach(int times) {
    int sum = 0;
    for (int i = 0; i < times; i++) {
      sum += stream.read(ByteBuffer.allocate(1)).toCompletableFuture().join();
    }
    return sum;
  }
}
