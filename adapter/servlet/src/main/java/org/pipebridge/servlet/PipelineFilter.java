package org.pipebridge.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.hosting.Startup;

/**
 * The filter that puts a pipeline in front of an existing servlet application.
 *
 * <p>What the pipeline does not answer goes on to the application behind, with the very objects the
 * filter received, on the same thread (W30 to W38). The init parameter {@code fallThrough=false}
 * ends the pipeline with 404 instead. ASP.NET Core: the remote and in-process migration of the
 * System.Web adapters.
 *
 * @since 0.1
 */
public final class PipelineFilter implements Filter {

  private final @Nullable Startup startup;
  private @Nullable ServletHost host;

  /** Creates a filter that finds its Startup when it is initialised. */
  public PipelineFilter() {
    this.startup = null;
  }

  /**
   * Creates a filter for an application.
   *
   * @param startup the application
   */
  public PipelineFilter(Startup startup) {
    this.startup = Objects.requireNonNull(startup, "startup");
  }

  PipelineFilter(ServletHost host) {
    this.startup = null;
    this.host = host;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (host == null) {
      ServletHost own = ServletHost.create(config.getServletContext(), startup, Params.of(config));
      own.start(true);
      own.notifyStarted();
      host = own;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the chain must get the very objects that came (W30)
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = HttpObjects.request(request);
    HttpServletResponse answer = HttpObjects.response(response);
    if (host == null || http == null || answer == null) {
      chain.doFilter(request, response);
      return;
    }
    FilterChain behind =
        http == request && answer == response
            ? chain
            : (ignored, alsoIgnored) -> chain.doFilter(request, response);
    host.server().service(http, answer, behind);
  }

  @Override
  public void destroy() {
    if (host != null) {
      host.stop();
    }
  }
}
