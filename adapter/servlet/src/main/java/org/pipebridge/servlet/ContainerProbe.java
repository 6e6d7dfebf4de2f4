package org.pipebridge.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;

/** Tells containers apart by the classes of their objects, for what only some of them do. */
final class ContainerProbe {

  private ContainerProbe() {}

  /** Whether HttpServletRequest.upgrade works; Jetty's never tells of what comes in afterwards. */
  static boolean upgrades(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return isUndertow(inner) || inner.getClass().getName().startsWith("org.apache.catalina.");
  }

  static boolean isUndertow(Object unwrapped) {
    return unwrapped.getClass().getName().startsWith("io.undertow.");
  }
}
