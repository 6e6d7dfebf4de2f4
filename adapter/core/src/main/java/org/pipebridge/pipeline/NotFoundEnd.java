package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

/** The end of a pipeline: status 404 if the response has not started, otherwise nothing (P2). */
final class NotFoundEnd implements RequestDelegate {

  @Override
  public CompletionStage<Void> invoke(HttpContext context) {
    HttpResponseFeature response = context.features().require(HttpResponseFeature.class);
    if (!response.hasStarted()) {
      response.setStatus(404);
    }
    return Stages.completed();
  }
}
