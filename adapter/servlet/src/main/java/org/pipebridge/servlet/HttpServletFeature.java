package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The objects the container passed in, for what the model does not cover (F50).
 *
 * <p>Writing to that response, instead of {@code context.response()}, ends the guarantees on start,
 * length and failure for this request. ASP.NET Core: {@code HttpContext.AsSystemWeb} of the
 * System.Web adapters.
 *
 * @since 0.1
 */
public interface HttpServletFeature {

  /**
   * Returns the request.
   *
   * @return the object the servlet or filter received
   */
  HttpServletRequest request();

  /**
   * Returns the response.
   *
   * @return the object the servlet or filter received
   */
  HttpServletResponse response();
}
