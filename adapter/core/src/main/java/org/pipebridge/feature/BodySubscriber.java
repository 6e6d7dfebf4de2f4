package org.pipebridge.feature;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pipebridge.internal.Stages;

/**
 * Writes each buffer of a publisher to a response body, and asks for the next one after that.
 *
 * <p>The end of the publisher may come while the last write is pending: it counts when that is
 * done.
 */
final class BodySubscriber implements Flow.Subscriber<ByteBuffer> {

  private final HttpResponseBodyFeature body;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private CompletionStage<Void> lastWrite = Stages.completed();

  BodySubscriber(HttpResponseBodyFeature body) {
    this.body = body;
  }

  CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    Objects.requireNonNull(given, "subscription");
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    Flow.Subscription source = Objects.requireNonNull(subscription);
    lastWrite = write(Objects.requireNonNull(buffer, "buffer"));
    lastWrite.whenComplete(
        (ignored, failure) -> {
          if (failure == null) {
            source.request(1);
          } else {
            source.cancel();
            done.completeExceptionally(Stages.unwrap(failure));
          }
        });
  }

  @Override
  public void onError(Throwable failure) {
    Objects.requireNonNull(failure, "failure");
    lastWrite.whenComplete((ignored, earlier) -> done.completeExceptionally(failure));
  }

  @Override
  public void onComplete() {
    lastWrite.thenRun(() -> done.complete(null));
  }

  private CompletionStage<Void> write(ByteBuffer buffer) {
    try {
      return body.write(buffer);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
