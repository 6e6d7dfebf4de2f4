package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;

/** Runs a blocking handler. */
final class BlockingTerminal implements RequestDelegate {

  private final Handler handler;

  BlockingTerminal(Handler handler) {
    this.handler = handler;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    return BlockingCode.run(context, handler);
  }
}
