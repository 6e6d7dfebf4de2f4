package org.pipebridge.feature;

import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.TestEnvironment.ManualSubscriber;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.Test;

/** The TCK for publishers, over content that comes at once, or on other threads (B16). */
abstract class BodyPublisherVerification extends FlowPublisherVerification<ByteBuffer> {

  private static final int MAX_ELEMENTS = 10_000;

  private final TestEnvironment environment;

  BodyPublisherVerification() {
    this(Tck.environment());
  }

  private BodyPublisherVerification(TestEnvironment environment) {
    super(environment);
    this.environment = environment;
  }

  abstract HttpRequestBodyFeature body(InputStream content);

  @Override
  public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
    return body(new OneByOne(elements)).publisher();
  }

  /** A publisher whose one subscriber came before. */
  @Override
  public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
    Flow.Publisher<ByteBuffer> publisher = body(new ByteArrayInputStream(new byte[0])).publisher();
    publisher.subscribe(new Nobody());
    return publisher;
  }

  @Override
  public long maxElementsFromPublisher() {
    return MAX_ELEMENTS;
  }

  /** As in the TCK, but with time for the thread that still signals, and for the collector. */
  @Override
  @Test
  public void
      required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber()
          throws Throwable {
    Publisher<ByteBuffer> publisher = createPublisher(3);
    WeakReference<?> subscriber = cancelledAfterAnElement(publisher);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (subscriber.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertNull(subscriber.get(), "the publisher keeps its subscriber");
    Reference.reachabilityFence(publisher);
    environment.verifyNoAsyncErrorsNoDelay();
  }

  private WeakReference<?> cancelledAfterAnElement(Publisher<ByteBuffer> publisher)
      throws InterruptedException {
    ManualSubscriber<ByteBuffer> subscriber = environment.newManualSubscriber(publisher);
    subscriber.request(1);
    subscriber.nextElement();
    subscriber.cancel();
    return new WeakReference<>(subscriber);
  }

  /** Content that comes when it is asked for. */
  public static final class AtOnce extends BodyPublisherVerification {
    @Override
    HttpRequestBodyFeature body(InputStream content) {
      return HttpRequestBodyFeature.of(content);
    }
  }

  /** Content that comes later, on another thread. */
  public static final class Later extends BodyPublisherVerification {
    @Override
    HttpRequestBodyFeature body(InputStream content) {
      HttpRequestBodyFeature now = HttpRequestBodyFeature.of(content);
      return new HttpRequestBodyFeature() {
        @Override
        public InputStream stream() {
          return content;
        }

        @Override
        public CompletionStage<Integer> read(ByteBuffer into) {
          return CompletableFuture.supplyAsync(() -> null).thenCompose(ignored -> now.read(into));
        }
      };
    }
  }

  /** Gives one byte for each read. */
  private static final class OneByOne extends InputStream {
    private long left;

    OneByOne(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      int one = read();
      if (one < 0) {
        return -1;
      }
      into[offset] = (byte) one;
      return 1;
    }
  }

  private static final class Nobody implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(ByteBuffer item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
