package org.pipebridge.test.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.pipebridge.hosting.Startup;
import org.pipebridge.servlet.PipelineFilter;
import org.pipebridge.servlet.PipelineServlet;

/** A servlet application, described once for all containers. Filters run in the order added. */
final class WebApp {

  /** How an error page is asked for: by status, or by the class of an exception. */
  record ErrorPage(int status, Class<? extends Throwable> exception, String location) {}

  private final List<Consumer<ServletContext>> parts = new ArrayList<>();
  private final List<ErrorPage> errorPages = new ArrayList<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private String contextPath = "";
  private int threads = 32;
  private boolean abortedOverHttp2;
  private int servlets;
  private int filters;

  /** Mounts it below a path. */
  WebApp at(String contextPath) {
    this.contextPath = contextPath;
    return this;
  }

  /** Limits the container's threads that run servlets. */
  WebApp threads(int threads) {
    this.threads = threads;
    return this;
  }

  /** Says whether its clients speak HTTP/2, and leave and reset more than a container expects. */
  WebApp abortedOverHttp2(boolean value) {
    abortedOverHttp2 = value;
    return this;
  }

  WebApp parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  WebApp servlet(String pattern, Servlet servlet) {
    return servlet(pattern, true, servlet);
  }

  WebApp servlet(String pattern, boolean async, Servlet servlet) {
    String name = "servlet" + servlets++;
    parts.add(
        context -> {
          ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
          registration.setAsyncSupported(async);
          registration.setMultipartConfig(new MultipartConfigElement(""));
          registration.addMapping(pattern);
        });
    return this;
  }

  /** Adds a servlet with a pipeline, for every kind of dispatch that its mapping gets. */
  WebApp pipeline(String pattern, Startup startup) {
    return servlet(pattern, new PipelineServlet(startup));
  }

  /** Adds a filter for what clients ask for, and for asynchronous dispatches. */
  WebApp filter(String pattern, Filter filter) {
    return filter(pattern, true, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), filter);
  }

  WebApp filter(String pattern, boolean async, EnumSet<DispatcherType> types, Filter filter) {
    String name = "filter" + filters++;
    parts.add(
        context -> {
          FilterRegistration.Dynamic registration = context.addFilter(name, filter);
          registration.setAsyncSupported(async);
          registration.addMappingForUrlPatterns(types, true, pattern);
        });
    return this;
  }

  /** Puts a pipeline in front of everything, which falls through to it. */
  WebApp inFront(Startup startup) {
    return filter("/*", new PipelineFilter(startup));
  }

  WebApp errorPage(int status, String location) {
    errorPages.add(new ErrorPage(status, null, location));
    return this;
  }

  WebApp errorPage(Class<? extends Throwable> exception, String location) {
    errorPages.add(new ErrorPage(0, exception, location));
    return this;
  }

  void register(ServletContext context) {
    parameters.forEach(context::setInitParameter);
    parts.forEach(part -> part.accept(context));
  }

  List<ErrorPage> errorPages() {
    return errorPages;
  }

  String contextPath() {
    return contextPath;
  }

  boolean isAbortedOverHttp2() {
    return abortedOverHttp2;
  }

  int threads() {
    return threads;
  }
}
