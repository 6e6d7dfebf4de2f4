package org.pipebridge.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Finds the HTTP objects behind what a container passes in: an application may forward or include
 * with a plain wrapper, and Tomcat passes that on.
 */
final class HttpObjects {

  private HttpObjects() {}

  static @Nullable HttpServletRequest request(ServletRequest request) {
    ServletRequest inner = request;
    while (!(inner instanceof HttpServletRequest) && inner instanceof ServletRequestWrapper outer) {
      inner = outer.getRequest();
    }
    return inner instanceof HttpServletRequest http ? http : null;
  }

  static @Nullable HttpServletResponse response(ServletResponse response) {
    ServletResponse inner = response;
    while (!(inner instanceof HttpServletResponse)
        && inner instanceof ServletResponseWrapper outer) {
      inner = outer.getResponse();
    }
    return inner instanceof HttpServletResponse http ? http : null;
  }
}
