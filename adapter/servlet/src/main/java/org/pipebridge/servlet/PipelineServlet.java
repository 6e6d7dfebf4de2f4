package org.pipebridge.servlet;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
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
 * The servlet that a pipeline runs in.
 *
 * <p>It takes every method as sent, unknown ones too (W7). Mapped in a web.xml it finds its {@link
 * Startup} as the initializer does (W1); registered in code it is given one, or a server that
 * somebody else starts. ASP.NET Core: the IIS in-process module.
 *
 * @since 0.1
 */
public final class PipelineServlet implements Servlet {

  private final @Nullable Startup startup;
  private @Nullable ServletServer server;
  private @Nullable ServletHost host;
  private @Nullable ServletConfig config;

  /** Creates a servlet that finds its Startup when it is initialised. */
  public PipelineServlet() {
    this.startup = null;
  }

  /**
   * Creates a servlet for an application.
   *
   * @param startup the application
   */
  public PipelineServlet(Startup startup) {
    this.startup = Objects.requireNonNull(startup, "startup");
  }

  /**
   * Creates a servlet for a server that its owner starts and stops.
   *
   * @param server the server
   */
  public PipelineServlet(ServletServer server) {
    this.startup = null;
    this.server = Objects.requireNonNull(server, "server");
  }

  PipelineServlet(ServletHost host) {
    this.startup = null;
    this.host = host;
    this.server = host.server();
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    this.config = config;
    if (server == null) {
      ServletHost own = ServletHost.create(config.getServletContext(), startup, Params.of(config));
      own.start(false);
      own.notifyStarted();
      host = own;
      server = own.server();
    }
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    HttpServletRequest http = HttpObjects.request(request);
    HttpServletResponse answer = HttpObjects.response(response);
    if (server == null || http == null || answer == null) {
      throw new ServletException(
          "a pipeline serves HTTP requests, but this is a " + request.getClass().getName());
    }
    server.service(http, answer, null);
  }

  @Override
  public @Nullable ServletConfig getServletConfig() {
    return config;
  }

  @Override
  public String getServletInfo() {
    return "Pipebridge";
  }

  @Override
  public void destroy() {
    if (host != null) {
      host.stop();
    }
  }
}
