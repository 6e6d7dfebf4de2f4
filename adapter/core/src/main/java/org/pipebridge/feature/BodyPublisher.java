package org.pipebridge.feature;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;

/**
 * Publishes the content of a request, one read for each buffer asked for (B16).
 *
 * <p>One loop delivers at a time: {@code wakeUps} counts those who asked for it, and whoever raises
 * it from 0 runs the loop. So signals are serial, and a subscriber that asks for more from within
 * onNext does not deepen the stack.
 */
final class BodyPublisher implements Flow.Publisher<ByteBuffer> {

  private static final int BUFFER_SIZE = 16 * 1024;

  private final HttpRequestBodyFeature body;
  private final AtomicBoolean subscribed = new AtomicBoolean();

  BodyPublisher(HttpRequestBodyFeature body) {
    this.body = body;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (subscribed.compareAndSet(false, true)) {
      Delivery delivery = new Delivery(subscriber);
      subscriber.onSubscribe(delivery);
      delivery.wakeUp();
      return;
    }
    subscriber.onSubscribe(new Refused());
    subscriber.onError(
        new IllegalStateException("the content of a request has one subscriber, and there is one"));
  }

  private static final class Refused implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  private final class Delivery implements Flow.Subscription {

    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger wakeUps = new AtomicInteger(1);
    private volatile boolean done;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private volatile @Nullable ByteBuffer arrived;
    private boolean reading;

    Delivery(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        failure = new IllegalArgumentException("demand must be positive, but is " + n);
        ended = true;
      } else {
        demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
      }
      if (wakeUps.getAndIncrement() == 0) {
        wakeUp();
      }
    }

    @Override
    public void cancel() {
      done = true;
    }

    /** Runs the loop; the caller has raised wakeUps from 0, or is the one that subscribed. */
    void wakeUp() {
      int seen = wakeUps.get();
      do {
        step();
        seen = wakeUps.addAndGet(-seen);
      } while (seen != 0);
    }

    private void step() {
      while (!done) {
        ByteBuffer buffer = arrived;
        if (buffer != null) {
          arrived = null;
          reading = false;
          demand.decrementAndGet();
          subscriber.onNext(buffer);
        } else if (ended) {
          finish();
        } else if (!reading && demand.get() > 0) {
          read();
        } else {
          return;
        }
      }
    }

    private void finish() {
      done = true;
      Throwable cause = failure;
      if (cause == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(cause);
      }
    }

    private void read() {
      reading = true;
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
      CompletionStage<Integer> stage;
      try {
        stage = body.read(buffer);
      } catch (RuntimeException e) {
        stage = CompletableFuture.failedStage(e);
      }
      stage.whenComplete(
          (count, error) -> {
            if (error != null) {
              failure = Stages.unwrap(error);
              ended = true;
            } else if (count < 0) {
              ended = true;
            } else {
              arrived = buffer.flip();
            }
            if (wakeUps.getAndIncrement() == 0) {
              wakeUp();
            }
          });
    }
  }
}
