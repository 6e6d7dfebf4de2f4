package org.pipebridge.test.kit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;

/** The ways in which the application of a scenario is written; what clients see is the same. */
public enum Writing {

  /** A blocking handler. */
  HANDLER,

  /** A delegate whose stage is complete when it returns. */
  COMPLETED_STAGE,

  /** A delegate whose stage completes later, on another thread. */
  OTHER_THREAD,

  /** The same, behind one blocking middleware that passes everything through. */
  BEHIND_MIDDLEWARE;

  /** Adds an application to a pipeline, written this way. */
  void add(ApplicationBuilder app, Run run, AsyncBody body, Executor executor) {
    switch (this) {
      case HANDLER -> app.run(context -> Stages.await(body.invoke(context, run)));
      case COMPLETED_STAGE -> app.runAsync(context -> body.invoke(context, run));
      case OTHER_THREAD -> app.runAsync(context -> elsewhere(context, run, body, executor));
      case BEHIND_MIDDLEWARE -> {
        app.use((context, next) -> next.handle(context));
        app.runAsync(context -> elsewhere(context, run, body, executor));
      }
    }
  }

  private static CompletionStage<Void> elsewhere(
      HttpContext context, Run run, AsyncBody body, Executor executor) {
    CompletableFuture<CompletionStage<Void>> begun =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return body.invoke(context, run);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            },
            executor);
    return begun.thenCompose(stage -> stage);
  }

  /** An application in blocking code. */
  @FunctionalInterface
  public interface Body {

    /**
     * Answers a request.
     *
     * @param context the request
     * @param run where to write down what was seen, and to wait for the client
     * @throws Exception if it fails
     */
    void handle(HttpContext context, Run run) throws Exception;
  }

  /** An application in asynchronous code. */
  @FunctionalInterface
  public interface AsyncBody {

    /**
     * Answers a request.
     *
     * @param context the request
     * @param run where to write down what was seen, and to wait for the client
     * @return a stage that completes when it is done
     * @throws Exception if it fails at once
     */
    CompletionStage<Void> invoke(HttpContext context, Run run) throws Exception;
  }
}
