package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.internal.Waiting;

/** Runs a blocking middleware, which waits where it stands for all that is downstream (P4). */
final class BlockingPart implements RequestDelegate {

  private final Handler here;

  BlockingPart(Middleware middleware, RequestDelegate next) {
    Handler rest = context -> await(next.invoke(context), context);
    this.here = context -> middleware.handle(context, rest);
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    return BlockingCode.run(context, here);
  }

  private static void await(CompletionStage<Void> downstream, HttpContext context)
      throws Exception {
    Waiting waiting = Stages.isDone(downstream) ? null : context.features().get(Waiting.class);
    if (waiting == null) {
      Stages.await(downstream);
    } else {
      waiting.await(downstream);
    }
  }
}
