package org.pipebridge.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/** What kind of container a request comes from, as far as the adapter must know. */
enum ContainerKind {
  UNDERTOW,
  LIBERTY,
  TOMCAT,
  /** GlassFish and Payara: a fork of Tomcat's upper half on Grizzly's connectors. */
  GRIZZLY,
  JETTY,
  OTHER;

  private static final String UNDERTOW_PACKAGES = "io.undertow.";
  private static final String CATALINA_PACKAGES = "org.apache.catalina.";

  static ContainerKind of(ServletRequest request) {
    Class<?> type = unwrap(request).getClass();
    String name = type.getName();
    if (name.startsWith(CATALINA_PACKAGES)) {
      return GrizzlyConnection.isBehind(type) ? GRIZZLY : TOMCAT;
    } else if (name.startsWith(UNDERTOW_PACKAGES)) {
      return UNDERTOW;
    } else if (name.startsWith("org.eclipse.jetty.")) {
      return JETTY;
    }
    return name.startsWith("io.openliberty.") || name.startsWith("com.ibm.") ? LIBERTY : OTHER;
  }

  /** Whether HttpServletRequest.upgrade works; Jetty's never tells of what comes in afterwards. */
  boolean upgrades() {
    return this == UNDERTOW || this == TOMCAT;
  }

  /**
   * Whether its listeners can be relied on (B11). A request with non-blocking content did not
   * always end on Liberty.
   */
  boolean movesWithoutBlocking() {
    return this != LIBERTY;
  }

  /** Whether an object is one of Undertow's own. */
  static boolean isUndertow(Object own) {
    return own.getClass().getName().startsWith(UNDERTOW_PACKAGES);
  }

  /** Whether an object is one of Tomcat's own, or of its fork on Grizzly. */
  static boolean isCatalinas(Object own) {
    return own.getClass().getName().startsWith(CATALINA_PACKAGES);
  }

  /** Returns the container's own object, behind the wrappers of filters. */
  static ServletResponse unwrap(ServletResponse response) {
    ServletResponse inner = response;
    while (inner instanceof ServletResponseWrapper wrapper) {
      inner = wrapper.getResponse();
    }
    return inner;
  }

  /** Returns the container's own object, behind the wrappers of filters. */
  static ServletRequest unwrap(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }
}
