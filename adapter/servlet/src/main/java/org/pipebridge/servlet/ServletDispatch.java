package org.pipebridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reads the dispatch from the request's attributes (Servlet 6.0, sections 9.4.2 and 10.9.1). */
record ServletDispatch(
    DispatcherType type,
    @Nullable String originalUri,
    @Nullable Integer errorStatus,
    @Nullable Throwable error)
    implements ServletDispatchFeature {

  static ServletDispatch of(HttpServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    return switch (type) {
      case FORWARD ->
          new ServletDispatch(
              type,
              (String) request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI),
              null,
              null);
      case ERROR ->
          new ServletDispatch(
              type,
              (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI),
              (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE),
              (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
      default -> new ServletDispatch(type, null, null, null);
    };
  }
}
