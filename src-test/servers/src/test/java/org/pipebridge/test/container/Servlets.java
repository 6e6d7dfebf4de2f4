package org.pipebridge.test.container;

import jakarta.servlet.GenericServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Servlets in a lambda. */
final class Servlets {

  private Servlets() {}

  /** What a servlet does. */
  @FunctionalInterface
  interface Service {
    void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException;
  }

  static Servlet of(Service service) {
    return new OneServlet(service);
  }

  /** A servlet that writes a text. */
  static Servlet saying(String text) {
    return of((request, response) -> response.getWriter().write(text));
  }

  @SuppressWarnings("serial") // no container here stores servlets
  private static final class OneServlet extends GenericServlet {

    private final transient Service service;

    OneServlet(Service service) {
      this.service = service;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response)
        throws ServletException, IOException {
      service.service((HttpServletRequest) request, (HttpServletResponse) response);
    }
  }
}
