package org.pipebridge.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;

/** What kind of container a request comes from, as far as the adapter must know. */
enum ContainerKind {
  UNDERTOW,
  LIBERTY,
  OTHER;

  static ContainerKind of(ServletRequest request) {
    String name = unwrap(request).getClass().getName();
    if (name.startsWith("io.undertow.")) {
      return UNDERTOW;
    }
    return name.startsWith("io.openliberty.") || name.startsWith("com.ibm.") ? LIBERTY : OTHER;
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
