package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an application into a servlet container without a web.xml: it looks for a {@link
 * org.pipebridge.hosting.Startup} and registers a servlet for it (W1 to W5).
 *
 * <p>Context parameters: {@code pipebridge.startup} names one of several applications, {@code
 * pipebridge.mapping} changes the pattern from {@code /*}, {@code pipebridge.mode=filter} registers
 * a filter that falls through. The container finds this class; no application names it. ASP.NET
 * Core: {@code UseIIS}.
 *
 * @since 0.1
 */
public final class PipelineInitializer implements ServletContainerInitializer {

  private static final String NAME = "pipebridge";
  private final System.Logger logger = System.getLogger("org.pipebridge.servlet");

  /** Creates the initializer; for the container. */
  public PipelineInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    if (isMappedByApplication(context)) {
      return;
    }
    ServletHost host = ServletHost.find(context, null, Map.of());
    if (host == null) {
      logger.log(
          System.Logger.Level.INFO,
          "no Startup found in {0}, so nothing is registered there",
          context.getContextPath().isEmpty() ? "the root context" : context.getContextPath());
      return;
    }
    String mode = host.configuration().get(ServletHost.MODE);
    String mapping = host.configuration().get(ServletHost.MAPPING);
    String pattern = mapping == null ? "/*" : mapping;
    if (mode == null || mode.equals("servlet")) {
      host.start(false);
      registerServlet(context, host, pattern);
    } else if (mode.equals("filter")) {
      host.start(true);
      registerFilter(context, host, pattern);
    } else {
      throw new ServletException("pipebridge.mode must be servlet or filter, but is " + mode);
    }
    context.addListener(new HostListener(host));
  }

  private static void registerServlet(ServletContext context, ServletHost host, String pattern)
      throws ServletException {
    ServletRegistration.Dynamic servlet = context.addServlet(NAME, new PipelineServlet(host));
    if (servlet == null) {
      throw new ServletException("a servlet named " + NAME + " is registered already");
    }
    servlet.setAsyncSupported(true);
    servlet.setLoadOnStartup(1);
    try {
      Set<String> taken = servlet.addMapping(pattern);
      if (!taken.isEmpty()) {
        throw new ServletException(
            "the mapping " + taken + " is taken by another servlet; set pipebridge.mapping");
      }
    } catch (IllegalArgumentException e) {
      throw malformed(pattern, e);
    }
  }

  private static void registerFilter(ServletContext context, ServletHost host, String pattern)
      throws ServletException {
    FilterRegistration.Dynamic filter = context.addFilter(NAME, new PipelineFilter(host));
    if (filter == null) {
      throw new ServletException("a filter named " + NAME + " is registered already");
    }
    filter.setAsyncSupported(true);
    try {
      filter.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, pattern);
    } catch (IllegalArgumentException e) {
      throw malformed(pattern, e);
    }
  }

  private static ServletException malformed(String pattern, IllegalArgumentException cause) {
    return new ServletException(
        "pipebridge.mapping must be a URL pattern such as /* or /api/*, but is " + pattern, cause);
  }

  /** Whether a web.xml or another initializer has put our servlet or filter in place itself. */
  private static boolean isMappedByApplication(ServletContext context) {
    Collection<? extends Registration> servlets = context.getServletRegistrations().values();
    Collection<? extends Registration> filters = context.getFilterRegistrations().values();
    return Stream.concat(servlets.stream(), filters.stream())
        .map(Registration::getClassName)
        .anyMatch(
            name ->
                PipelineServlet.class.getName().equals(name)
                    || PipelineFilter.class.getName().equals(name));
  }

  /**
   * Tells the application when its context begins and ends.
   *
   * <p>No record: containers hash their listeners, and on Java 17 the hash code of a record keeps
   * the class of its last component reachable from the JDK, and our class loader with it (W9).
   */
  private static final class HostListener implements ServletContextListener {

    private final ServletHost host;

    HostListener(ServletHost host) {
      this.host = host;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
      host.notifyStarted();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      host.stop();
    }
  }
}
