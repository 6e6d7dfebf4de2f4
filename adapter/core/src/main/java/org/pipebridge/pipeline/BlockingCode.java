package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.BlockingParts;
import org.pipebridge.internal.Stages;

/** Runs blocking code on this thread, or elsewhere if this one must not wait (B13). */
final class BlockingCode {

  private BlockingCode() {}

  static CompletionStage<Void> run(HttpContext context, Handler code) throws Exception {
    BlockingParts parts = context.features().get(BlockingParts.class);
    if (parts == null) {
      code.handle(context);
      return Stages.completed();
    }
    if (!parts.enter()) {
      return parts.elsewhere(() -> code.handle(context));
    }
    try {
      code.handle(context);
    } finally {
      parts.leave();
    }
    return Stages.completed();
  }
}
