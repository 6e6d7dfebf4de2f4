package org.pipebridge.feature;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.pipebridge.internal.Stages;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** The TCK for subscribers, over writes that are done at once, or on other threads (R53). */
abstract class BodySubscriberVerification extends FlowSubscriberBlackboxVerification<ByteBuffer> {

  BodySubscriberVerification() {
    super(Tck.environment());
  }

  abstract CompletionStage<Void> write();

  @Override
  public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
    return new BodySubscriber(
        new HttpResponseBodyFeature() {
          @Override
          public OutputStream stream() {
            return OutputStream.nullOutputStream();
          }

          @Override
          public CompletionStage<Void> write(ByteBuffer from) {
            return BodySubscriberVerification.this.write();
          }

          @Override
          public CompletionStage<Void> start() {
            return Stages.completed();
          }

          @Override
          public CompletionStage<Void> complete() {
            return Stages.completed();
          }
        });
  }

  @Override
  public ByteBuffer createElement(int element) {
    return ByteBuffer.allocate(1);
  }

  /** Writes that are done when they return. */
  public static final class AtOnce extends BodySubscriberVerification {
    @Override
    CompletionStage<Void> write() {
      return Stages.completed();
    }
  }

  /** Writes that are done later, on another thread. */
  public static final class Later extends BodySubscriberVerification {
    @Override
    CompletionStage<Void> write() {
      return CompletableFuture.runAsync(() -> {});
    }
  }
}
