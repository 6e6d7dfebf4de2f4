package org.pipebridge.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B16: the rules of Reactive Streams, for the content of a request. */
final class BodyPublisherTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, Long.MAX_VALUE})
  void b16_allContentArrivesForAnyDemand(long demand) {
    byte[] content = new byte[100_000];
    new Random(16).nextBytes(content);
    Recorder recorder = new Recorder(demand);

    body(content).publisher().subscribe(recorder);

    assertThat(recorder.content.toByteArray()).isEqualTo(content);
    assertThat(recorder.signals).last().isEqualTo("complete");
  }

  @Test
  void b16_nothingIsReadBeforeItIsAskedFor() {
    PendingBody body = new PendingBody();
    Recorder recorder = new Recorder(0);
    body.publisher().subscribe(recorder);
    assertThat(body.reads).isEmpty();

    recorder.subscription.request(1);

    assertThat(body.reads).hasSize(1);
    assertThat(recorder.signals).isEmpty();
  }

  @Test
  void b16_oneReadIsPendingAtATimeWhateverTheDemand() {
    PendingBody body = new PendingBody();
    Recorder recorder = new Recorder(0);
    body.publisher().subscribe(recorder);
    recorder.subscription.request(5);
    recorder.subscription.request(Long.MAX_VALUE);
    assertThat(body.reads).hasSize(1);

    body.complete("ab");
    assertThat(recorder.signals).containsExactly("next ab");
    assertThat(body.reads).hasSize(1);
    body.end();

    assertThat(recorder.signals).containsExactly("next ab", "complete");
  }

  @Test
  void b16_eachBufferIsTheSubscribersOwn() {
    List<ByteBuffer> buffers = new ArrayList<>();
    Recorder recorder =
        new Recorder(Long.MAX_VALUE) {
          @Override
          public void onNext(ByteBuffer buffer) {
            buffers.add(buffer);
          }
        };

    body(new byte[40_000]).publisher().subscribe(recorder);

    assertThat(buffers).hasSizeGreaterThan(1);
    assertThat(buffers.stream().map(ByteBuffer::array).distinct()).hasSameSizeAs(buffers);
  }

  @Test
  void b16_aSecondSubscriberIsRefused() {
    Flow.Publisher<ByteBuffer> publisher = body(new byte[1]).publisher();
    publisher.subscribe(new Recorder(0));
    Recorder second = new Recorder(1);

    publisher.subscribe(second);

    assertThat(second.failure).isInstanceOf(IllegalStateException.class);
    assertThat(second.signals).containsExactly("error");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void b16_demandThatIsNotPositiveIsAnError(long demand) {
    Recorder recorder = new Recorder(0);
    body(new byte[1]).publisher().subscribe(recorder);

    recorder.subscription.request(demand);
    recorder.subscription.request(1);

    assertThat(recorder.failure).isInstanceOf(IllegalArgumentException.class);
    assertThat(recorder.signals).containsExactly("error");
  }

  @Test
  void b16_cancelStopsReadingAndSignals() {
    PendingBody body = new PendingBody();
    Recorder recorder = new Recorder(0);
    body.publisher().subscribe(recorder);
    recorder.subscription.request(10);

    recorder.subscription.cancel();
    body.complete("late");
    recorder.subscription.request(1);

    assertThat(recorder.signals).isEmpty();
    assertThat(body.reads).isEmpty();
  }

  @Test
  void b16_aFailingReadIsTheError() {
    IOException broken = new IOException("broken");
    PendingBody body = new PendingBody();
    Recorder recorder = new Recorder(1);
    body.publisher().subscribe(recorder);

    body.reads.pop().completeExceptionally(broken);

    assertThat(recorder.failure).isSameAs(broken);
  }

  @Test
  void b16_aReadThatThrowsIsTheErrorToo() {
    IllegalStateException over = new IllegalStateException("over");
    Recorder recorder = new Recorder(1);
    HttpRequestBodyFeature body =
        new HttpRequestBodyFeature() {
          @Override
          public InputStream stream() {
            return InputStream.nullInputStream();
          }

          @Override
          public CompletionStage<Integer> read(ByteBuffer into) {
            throw over;
          }
        };

    body.publisher().subscribe(recorder);

    assertThat(recorder.failure).isSameAs(over);
  }

  @Test
  void b14_manyReadsThatCompleteAtOnceDoNotDeepenTheStack() {
    HttpRequestBodyFeature body =
        new HttpRequestBodyFeature() {
          private int left = 100_000;

          @Override
          public InputStream stream() {
            return InputStream.nullInputStream();
          }

          @Override
          public CompletionStage<Integer> read(ByteBuffer into) {
            if (left-- == 0) {
              return CompletableFuture.completedStage(-1);
            }
            into.put((byte) 'x');
            return CompletableFuture.completedStage(1);
          }
        };
    Recorder recorder = new Recorder(1);

    body.publisher().subscribe(recorder);

    assertThat(recorder.content.size()).isEqualTo(100_000);
    assertThat(recorder.signals).last().isEqualTo("complete");
  }

  private static HttpRequestBodyFeature body(byte[] content) {
    return HttpRequestBodyFeature.of(new ByteArrayInputStream(content));
  }

  /** Asks for as much as it is told to, again after each buffer. */
  private static class Recorder implements Flow.Subscriber<ByteBuffer> {

    final List<String> signals = new ArrayList<>();
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    final long demand;
    Flow.Subscription subscription;
    Throwable failure;

    Recorder(long demand) {
      this.demand = demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      content.writeBytes(bytes);
      if (bytes.length < 10) {
        signals.add("next " + new String(bytes));
      }
      if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onError(Throwable failure) {
      this.failure = failure;
      signals.add("error");
    }

    @Override
    public void onComplete() {
      signals.add("complete");
    }
  }

  private static final class PendingBody implements HttpRequestBodyFeature {

    final Deque<CompletableFuture<Integer>> reads = new ArrayDeque<>();
    final Deque<ByteBuffer> buffers = new ArrayDeque<>();

    @Override
    public InputStream stream() {
      return InputStream.nullInputStream();
    }

    @Override
    public CompletionStage<Integer> read(ByteBuffer into) {
      CompletableFuture<Integer> read = new CompletableFuture<>();
      reads.push(read);
      buffers.push(into);
      return read;
    }

    void complete(String content) {
      buffers.pop().put(content.getBytes());
      reads.pop().complete(content.length());
    }

    void end() {
      reads.pop().complete(-1);
    }
  }
}
