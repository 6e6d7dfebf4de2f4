package org.pipebridge.hosting;

import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.exchange.LengthMismatchException;

/**
 * What a server runs when the application is a pipeline: each request is an {@link HttpContext}.
 *
 * <p>It logs what a request failed with, once (E11): the application's failures as errors, with the
 * trace identifier; what the client did wrong, or a client that went away, for debugging only.
 * ASP.NET Core: {@code HostingApplication}.
 *
 * @since 0.1
 */
public final class PipelineApplication implements HttpApplication<HttpContext> {

  private static final System.Logger LOG = System.getLogger(PipelineApplication.class.getName());

  /** How containers name the exceptions that tell of a client that went away, without package. */
  private static final Set<String> CONTAINER_DISCONNECTS =
      Set.of("ClientAbortException", "EofException");

  private final RequestDelegate pipeline;

  /**
   * Creates an application.
   *
   * @param pipeline what runs for each request
   */
  public PipelineApplication(RequestDelegate pipeline) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
  }

  @Override
  public HttpContext createContext(FeatureCollection features) {
    return new HttpContext(features);
  }

  @Override
  public CompletionStage<Void> process(HttpContext context) throws Exception {
    return pipeline.invoke(context);
  }

  @Override
  public void disposeContext(HttpContext context, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    boolean told = failure instanceof LengthMismatchException; // by the server, as a WARNING
    Level level = told || isOfTheClient(failure) ? Level.DEBUG : Level.ERROR;
    if (LOG.isLoggable(level)) {
      LOG.log(level, "Request " + context.traceIdentifier() + " failed", failure);
    }
  }

  private static boolean isOfTheClient(Throwable failure) {
    return failure instanceof BadHttpRequestException || isDisconnect(failure);
  }

  private static boolean isDisconnect(Throwable failure) {
    return failure instanceof RequestAbortedException
        || CONTAINER_DISCONNECTS.contains(failure.getClass().getSimpleName());
  }
}
