package org.pipebridge.jetty;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.server.Server;
import org.pipebridge.servlet.PipelineServlet;

/** The one servlet that all requests reach. */
final class Handlers {

  private Handlers() {}

  static void install(Server jetty, JettyOptions options, HostedServer hosted) {
    EmptyErrors errors = new EmptyErrors(jetty);
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    context.setServletHandler(new OneServlet());
    context.getServletHandler().setDecodeAmbiguousURIs(true); // else getServletPath() throws
    context.setErrorHandler(errors);
    context.setProtectedTargets(null); // an application may have a /WEB-INF of its own
    ServletHolder holder = new ServletHolder("pipebridge", new PipelineServlet(hosted));
    holder.setAsyncSupported(true);
    holder.setInitOrder(0);
    context.addServlet(holder, "/*");
    jetty.setErrorHandler(errors);
    jetty.setDefaultHandler(null);
    jetty.setHandler(new RequestGate(options, errors, context));
  }

  /** Finds the servlet for "*" too, the target of {@code OPTIONS *} (V17). */
  private static final class OneServlet extends ServletHandler {
    @Override
    public MatchedResource<MappedServlet> getMatchedServlet(String target) {
      return super.getMatchedServlet(target.startsWith("/") ? target : "/");
    }
  }
}
