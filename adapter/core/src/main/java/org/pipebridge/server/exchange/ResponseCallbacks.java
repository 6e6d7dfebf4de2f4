package org.pipebridge.server.exchange;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.internal.Stages;

/** The part of a {@link ResponseHead} that keeps the application's callbacks (R5 to R7). */
abstract class ResponseCallbacks implements HttpResponseFeature {

  final Exchange exchange;
  private @Nullable CallbackStack starting;
  private @Nullable CallbackStack completed;
  private boolean refused;

  ResponseCallbacks(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Throws if what is named can no longer be set, as the response has started. */
  abstract void checkWritable(String what);

  @Override
  public final void onStarting(AsyncCallback callback) {
    Objects.requireNonNull(callback, "callback");
    checkWritable("onStarting callbacks");
    if (starting == null) {
      starting = new CallbackStack(exchange.transport());
    }
    starting.push(callback);
  }

  @Override
  public final void onCompleted(AsyncCallback callback) {
    Objects.requireNonNull(callback, "callback");
    exchange.checkAlive();
    if (refused) {
      throw new IllegalStateException(
          "onCompleted callbacks must be registered before the last of them has run (R7)");
    }
    if (completed == null) {
      completed = new CallbackStack(exchange.transport());
    }
    completed.push(callback);
  }

  final CompletionStage<Void> runStarting() {
    return starting == null ? Stages.completed() : starting.run(null);
  }

  final @Nullable CallbackStack takeCompleted() {
    return completed;
  }

  /** Takes no onCompleted callbacks any more, as none would run. */
  final void refuseCallbacks() {
    refused = true;
  }
}
