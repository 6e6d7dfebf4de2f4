package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;

/** Runs an asynchronous handler, and holds it to giving a stage (P5). */
final class Terminal implements RequestDelegate {

  private final RequestDelegate handler;

  Terminal(RequestDelegate handler) {
    this.handler = handler;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    return requireStage(handler.invoke(context), handler);
  }

  /** Returns the stage; null is the fault of the one that gave it, who is named. */
  static CompletionStage<Void> requireStage(CompletionStage<Void> stage, Object giver) {
    if (stage == null) {
      throw new NullPointerException(giver.getClass().getName() + " returned null, not a stage");
    }
    return stage;
  }
}
