package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.pipebridge.http.HttpContext;

/** Sends a request one way or the other (P11). */
final class BranchPart implements RequestDelegate {

  private final Predicate<? super HttpContext> condition;
  private final RequestDelegate branch;
  private final RequestDelegate next;

  BranchPart(
      Predicate<? super HttpContext> condition, RequestDelegate branch, RequestDelegate next) {
    this.condition = condition;
    this.branch = branch;
    this.next = next;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    return (condition.test(context) ? branch : next).invoke(context);
  }
}
