package org.pipebridge.test.container;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Content as a publisher gives and a subscriber takes it, one piece at a time. */
final class Pieces {

  private Pieces() {}

  /** Publishes what a supplier gives until that is null, each when it is asked for. */
  static Flow.Publisher<ByteBuffer> from(Supplier<ByteBuffer> next) {
    return subscriber -> subscriber.onSubscribe(new Giving(subscriber, next));
  }

  /**
   * Takes all pieces; asks for the next one when what was made of the last one is done.
   *
   * @return a stage that completes at the end
   */
  static CompletionStage<Void> take(
      Flow.Publisher<ByteBuffer> content, Function<ByteBuffer, CompletionStage<Void>> each) {
    Taking taking = new Taking(each);
    content.subscribe(taking);
    return taking.done;
  }

  private static final class Giving implements Flow.Subscription {

    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Supplier<ByteBuffer> next;
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean over;

    Giving(Flow.Subscriber<? super ByteBuffer> subscriber, Supplier<ByteBuffer> next) {
      this.subscriber = subscriber;
      this.next = next;
    }

    @Override
    public void request(long n) {
      if (demand.getAndAdd(n) > 0) {
        return; // whoever delivers goes on
      }
      do {
        if (!over) {
          give();
        }
      } while (demand.decrementAndGet() > 0);
    }

    private void give() {
      ByteBuffer piece = next.get();
      if (piece == null) {
        over = true;
        subscriber.onComplete();
      } else {
        subscriber.onNext(piece);
      }
    }

    @Override
    public void cancel() {
      over = true;
    }
  }

  private static final class Taking implements Flow.Subscriber<ByteBuffer> {

    private final Function<ByteBuffer, CompletionStage<Void>> each;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Flow.Subscription subscription;

    Taking(Function<ByteBuffer, CompletionStage<Void>> each) {
      this.each = each;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      each.apply(piece)
          .whenComplete(
              (taken, failure) -> {
                if (failure == null) {
                  subscription.request(1);
                } else {
                  subscription.cancel();
                  done.completeExceptionally(failure);
                }
              });
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }
}
