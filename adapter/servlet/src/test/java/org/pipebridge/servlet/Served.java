package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

/** Runs an application on a stubbed request, from the first feature to the end. */
final class Served {

  private Served() {}

  /** Lets an application look at a request; on return the request is over. */
  static void serve(HttpServletRequest request, Consumer<HttpContext> application)
      throws Exception {
    ServletServer server = new ServletServer();
    server.start(
        new PipelineApplication(
            context -> {
              application.accept(context);
              return Stages.completed();
            }));
    server.service(request, Stubs.response(), null);
  }
}
