package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;

/**
 * The request line on a servlet request (F20): read when asked for, kept when set.
 *
 * <p>Nothing that is set reaches the container (Q1).
 */
final class ServletRequestFeature implements HttpRequestFeature {

  private final ServletTransport transport;
  private @Nullable String protocol;
  private @Nullable String scheme;
  private @Nullable String method;
  private @Nullable String pathBase;
  private @Nullable String path;
  private @Nullable String queryString;
  private @Nullable String rawTarget;
  private @Nullable ServletRequestHeaders headers;

  ServletRequestFeature(ServletTransport transport) {
    this.transport = transport;
  }

  @Override
  public String protocol() {
    checkAlive();
    if (protocol == null) {
      protocol = normalise(transport.request().getProtocol());
    }
    return protocol;
  }

  @Override
  public void setProtocol(String protocol) {
    checkAlive();
    this.protocol = Objects.requireNonNull(protocol, "protocol");
  }

  @Override
  public String scheme() {
    checkAlive();
    if (scheme == null) {
      scheme = transport.server().scheme(transport.request());
    }
    return scheme;
  }

  @Override
  public void setScheme(String scheme) {
    checkAlive();
    this.scheme = Objects.requireNonNull(scheme, "scheme");
  }

  @Override
  public String method() {
    checkAlive();
    if (method == null) {
      method = transport.request().getMethod();
    }
    return method;
  }

  @Override
  public void setMethod(String method) {
    checkAlive();
    this.method = Objects.requireNonNull(method, "method");
  }

  @Override
  public String pathBase() {
    checkAlive();
    String known = pathBase;
    return known != null ? known : readTarget().pathBase();
  }

  @Override
  public void setPathBase(String pathBase) {
    checkAlive();
    readTarget();
    this.pathBase = Objects.requireNonNull(pathBase, "pathBase");
  }

  @Override
  public String path() {
    checkAlive();
    String known = path;
    return known != null ? known : readTarget().path();
  }

  @Override
  public void setPath(String path) {
    checkAlive();
    readTarget();
    this.path = Objects.requireNonNull(path, "path");
  }

  @Override
  public String queryString() {
    checkAlive();
    if (queryString == null) {
      String query = transport.request().getQueryString();
      queryString = query == null ? "" : "?" + query;
    }
    return queryString;
  }

  @Override
  public void setQueryString(String queryString) {
    checkAlive();
    this.queryString = Objects.requireNonNull(queryString, "queryString");
  }

  @Override
  public String rawTarget() {
    checkAlive();
    if (rawTarget == null) {
      rawTarget = transport.server().rawTarget(transport.request());
    }
    return rawTarget;
  }

  @Override
  public void setRawTarget(String rawTarget) {
    checkAlive();
    this.rawTarget = Objects.requireNonNull(rawTarget, "rawTarget");
  }

  @Override
  public Headers headers() {
    checkAlive();
    if (headers == null) {
      headers = new ServletRequestHeaders(transport.request(), transport.exchange());
    }
    return headers;
  }

  /** Reads everything, so that the container's request is needed no longer (U8). */
  void keep() {
    protocol();
    scheme();
    method();
    readTarget();
    queryString();
    rawTarget();
    keepHeaders();
  }

  /** Copies the headers, unless they were replaced. */
  void keepHeaders() {
    headers();
    if (headers != null) {
      headers.keep();
    }
  }

  /** Reads both parts at once, and keeps those that were not set. */
  private ServletTarget readTarget() {
    HttpServletRequest request = transport.request();
    ServletTarget target = ServletTarget.of(transport.server(), request, transport.inFilter());
    String mapped = transport.inFilter() ? MappedPath.find(transport.server(), request) : null;
    if (mapped != null && !mapped.equals(target.path())) {
      target = new ServletTarget(request.getServletContext().getContextPath(), mapped);
    }
    if (pathBase == null) {
      pathBase = target.pathBase();
    }
    if (path == null) {
      path = target.path();
    }
    return target;
  }

  private void checkAlive() {
    transport.exchange().checkAlive();
  }

  private static String normalise(@Nullable String protocol) {
    if (protocol == null) {
      return "";
    }
    return switch (protocol) {
      case "HTTP/2.0" -> "HTTP/2";
      case "HTTP/3.0" -> "HTTP/3";
      default -> protocol;
    };
  }
}
