package org.pipebridge.test.kit;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.HttpApplication;

/**
 * The kit's application for a server that takes one: the pipeline of a {@link KitStartup}, with
 * each step of a request noted in the timeline of its run (S3, R6).
 */
final class KitApplication implements HttpApplication<KitApplication.Call> {

  private final KitStartup startup;
  private final PipelineApplication application;

  KitApplication(KitStartup startup, ApplicationBuilder app) {
    this.startup = startup;
    startup.configure(app);
    application = new PipelineApplication(app.build());
  }

  @Override
  public Call createContext(FeatureCollection features) {
    Run run = startup.run(features.require(HttpRequestFeature.class));
    Call call = new Call(application.createContext(features), run);
    call.note("~create");
    return call;
  }

  @Override
  public CompletionStage<Void> process(Call call) throws Exception {
    call.note("~process");
    return application.process(call.context);
  }

  @Override
  public void disposeContext(Call call, @Nullable Throwable failure) {
    application.disposeContext(call.context, failure);
    call.note("~dispose=" + (failure == null ? "none" : describe(failure)));
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getSimpleName());
    text.append(": ").append(failure.getMessage());
    for (Throwable suppressed : failure.getSuppressed()) {
      text.append(" +[").append(describe(suppressed)).append(']');
    }
    return text.toString();
  }

  /** One request of a run; none for what the kit asks itself. */
  record Call(HttpContext context, @Nullable Run run) {

    void note(String step) {
      if (run != null) {
        run.record(step);
      }
    }
  }
}
