package org.pipebridge.servlet;

import jakarta.servlet.FilterChain;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;

/** The end of a pipeline in a fall-through filter: the rest of the filter chain (W30). */
final class FallThroughEnd implements RequestDelegate {

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    ServletTransport transport = context.features().require(ServletTransport.class);
    FilterChain chain = transport.chain();
    if (chain == null) {
      throw new IllegalStateException("a pipeline that falls through runs in a filter only");
    }
    return transport.ending().fallThrough(chain);
  }
}
