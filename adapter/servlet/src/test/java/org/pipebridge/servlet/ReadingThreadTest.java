package org.pipebridge.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ReadPendingException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadingThreadTest {

  private static final int DEEP = 100_000;

  private final Queue<Thread> started = new ArrayDeque<>();
  private final Input input = new Input();
  private final ReadingThread reader = new ReadingThread(input, this::start);

  @Test
  void u6_allReadsAreDoneByOneThread() throws Exception {
    for (int i = 0; i < 100; i++) {
      Answer answer = ask(reader);
      input.bytes.add(i);
      assertThat(answer.get()).isEqualTo(i);
    }
    assertThat(input.readers).hasSize(1);
    assertThat(started).hasSize(1);
    reader.close();
    assertEnded();
  }

  @Test
  void u6_aHandlerMayAskForTheNextRead() throws Exception {
    CompletableFuture<Integer> last = new CompletableFuture<>();
    for (int i = 0; i < DEEP; i++) {
      input.bytes.add(i);
    }
    ByteBuffer into = ByteBuffer.allocate(1);
    reader.read(
        new PendingRead<>(
            into,
            1,
            new CompletionHandler<Integer, Integer>() {
              @Override
              public void completed(Integer count, Integer so) {
                if (so == DEEP) {
                  last.complete(so);
                } else {
                  reader.read(new PendingRead<>(into.clear(), so + 1, this));
                }
              }

              @Override
              public void failed(Throwable cause, Integer so) {
                last.completeExceptionally(cause);
              }
            }));
    assertThat(last.get(20, SECONDS)).isEqualTo(DEEP);
    reader.close();
    assertEnded();
  }

  @Test
  void u6_aSecondPendingReadIsRefused() throws Exception {
    Answer first = ask(reader);
    assertThatThrownBy(() -> ask(reader)).isInstanceOf(ReadPendingException.class);
    input.bytes.add(7);
    assertThat(first.get()).isEqualTo(7);
    reader.close();
    assertEnded();
  }

  @Test
  void u7_aCloseBeforeTheThreadRunsEndsTheRead() throws Exception {
    Queue<Runnable> tasks = new ArrayDeque<>();
    ReadingThread late = new ReadingThread(input, tasks::add);
    Answer answer = ask(late);
    late.close();
    answer.assertClosed();
    tasks.remove().run();
    assertThat(input.readers).isEmpty();
    assertThat(answer.told).hasValue(1);
    assertThat(late.isOpen()).isFalse();
  }

  @Test
  void u7_aCloseWakesTheReadAndEndsTheThread() throws Exception {
    Answer answer = ask(reader);
    input.entered.await();
    reader.close();
    reader.close();
    answer.assertClosed();
    assertEnded();
    assertThat(input.readers).hasSize(1);
    ask(reader).assertClosed();
  }

  @Test
  void u7_aCloseLeavesNoInterruptToThePool() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    ReadingThread pooled =
        new ReadingThread(
            input,
            task ->
                start(
                    () -> {
                      task.run();
                      interrupted.complete(Thread.currentThread().isInterrupted());
                    }));
    Answer answer = ask(pooled);
    input.entered.await();
    pooled.close();
    answer.assertClosed();
    assertThat(interrupted.get(20, SECONDS)).isFalse();
  }

  @Test
  void u7_anInterruptBetweenReadsIsNotTheirs() throws Exception {
    Answer first = ask(reader);
    input.bytes.add(1);
    assertThat(first.get()).isEqualTo(1);
    started.element().interrupt();
    Answer second = ask(reader);
    input.bytes.add(2);
    assertThat(second.get()).isEqualTo(2);
    reader.close();
    assertEnded();
  }

  @Test
  void u7_aHandlerThatThrowsEndsTheReads() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    ReadingThread failing =
        new ReadingThread(
            input,
            task ->
                start(
                    () -> {
                      try {
                        task.run();
                      } catch (IllegalStateException e) {
                        thrown.complete(e);
                      }
                    }));
    Answer answer = new Answer();
    input.bytes.add(1);
    failing.read(
        new PendingRead<>(
            answer.into,
            "it",
            new CompletionHandler<Integer, String>() {
              @Override
              public void completed(Integer count, String attachment) {
                answer.completed(count, attachment);
                throw new IllegalStateException("by the handler");
              }

              @Override
              public void failed(Throwable cause, String attachment) {
                answer.failed(cause, attachment);
              }
            }));
    assertThat(thrown.get(20, SECONDS)).hasMessage("by the handler");
    assertThat(answer.get()).isEqualTo(1);
    ask(failing).assertClosed();
    assertThat(answer.told).hasValue(1);
  }

  @Test
  void u7_aReadForWhichThereIsNoThreadFails() throws Exception {
    IllegalStateException none = new IllegalStateException("no thread");
    ReadingThread without =
        new ReadingThread(
            input,
            task -> {
              throw none;
            });
    Answer answer = ask(without);
    assertThat(answer.failure.get(20, SECONDS)).isSameAs(none);
    ask(without).assertClosed();
  }

  /** Whatever comes first, each read ends once, and so does the thread. */
  @Test
  void u7_aCloseAtAnyTimeEndsEachReadOnce() throws Exception {
    for (int round = 0; round < 500; round++) {
      Input racing = new Input();
      ReadingThread raced = new ReadingThread(racing, this::start);
      CountDownLatch go = new CountDownLatch(1);
      Thread closing =
          new Thread(
              () -> {
                await(go);
                raced.close();
              });
      closing.start();
      racing.bytes.add(round);
      Answer first = ask(raced);
      go.countDown();
      first.await();
      Answer second = ask(raced);
      second.await();
      closing.join(SECONDS.toMillis(20));
      assertEnded();
      assertThat(first.told).hasValue(1);
      assertThat(second.told).hasValue(1);
      assertThat(racing.readers).hasSizeLessThan(2);
    }
  }

  private void start(Runnable task) {
    Thread thread = new Thread(task);
    started.add(thread);
    thread.start();
  }

  private void assertEnded() throws InterruptedException {
    for (Thread thread = started.poll(); thread != null; thread = started.poll()) {
      thread.join(SECONDS.toMillis(20));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer ask(ReadingThread reader) {
    Answer answer = new Answer();
    reader.read(new PendingRead<>(answer.into, "it", answer));
    return answer;
  }

  /** What a read of one byte came to. */
  private static final class Answer implements CompletionHandler<Integer, String> {

    private final ByteBuffer into = ByteBuffer.allocate(1);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final CompletableFuture<Integer> result = new CompletableFuture<>();
    private final AtomicInteger told = new AtomicInteger();

    @Override
    public void completed(Integer count, String attachment) {
      told.incrementAndGet();
      result.complete((int) into.get(0));
    }

    @Override
    public void failed(Throwable cause, String attachment) {
      told.incrementAndGet();
      failure.complete(cause);
    }

    int get() throws Exception {
      return result.get(20, SECONDS);
    }

    void await() throws Exception {
      CompletableFuture.anyOf(result, failure).get(20, SECONDS);
    }

    void assertClosed() throws Exception {
      assertThat(failure.get(20, SECONDS)).isInstanceOf(ClosedChannelException.class);
      assertThat(told).hasValue(1);
    }
  }

  /** Blocks until there is a byte; an interrupt ends that, as in Undertow. */
  private static final class Input extends ServletInputStream {

    private final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch entered = new CountDownLatch(1);

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      readers.add(Thread.currentThread());
      entered.countDown();
      try {
        into[offset] = bytes.take().byteValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
      return 1;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
