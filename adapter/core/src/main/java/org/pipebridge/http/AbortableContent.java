package org.pipebridge.http;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

/** Content whose publisher is told when the request is aborted, also while it has nothing (R53). */
final class AbortableContent implements Flow.Publisher<ByteBuffer> {

  private final Flow.Publisher<ByteBuffer> content;
  private volatile boolean aborted;
  private volatile Flow.@Nullable Subscription subscription;

  private AbortableContent(Flow.Publisher<ByteBuffer> content) {
    this.content = content;
  }

  /** Runs an operation on the content that fails, and cancels its subscription, with the abort. */
  static CompletionStage<Void> write(
      Flow.Publisher<ByteBuffer> content,
      CompletionStage<Void> aborted,
      Function<Flow.Publisher<ByteBuffer>, CompletionStage<Void>> operation) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AbortableContent abortable = new AbortableContent(content);
    operation
        .apply(abortable)
        .whenComplete(
            (ignored, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(Stages.unwrap(failure));
              }
            });
    aborted.thenRun(
        () -> {
          if (!done.isDone()) {
            abortable.cancel();
            done.completeExceptionally(
                new RequestAbortedException("the request was aborted while it was written", null));
          }
        });
    return done.minimalCompletionStage();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    content.subscribe(
        new Flow.Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscriber.onSubscribe(given);
            if (aborted) {
              given.cancel();
            }
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            subscriber.onNext(buffer);
          }

          @Override
          public void onError(Throwable failure) {
            subscriber.onError(failure);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }

  private void cancel() {
    aborted = true;
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }
}
