package org.pipebridge.http;

import java.util.Objects;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;

/**
 * A request line and headers in plain fields: what a server makes that parses requests itself
 * (F20).
 *
 * <p>ASP.NET Core: {@code HttpRequestFeature}.
 *
 * @since 0.1
 */
public final class RequestLine implements HttpRequestFeature {

  private String protocol;
  private String scheme = "http";
  private String method;
  private String pathBase = "";
  private String path;
  private String queryString;
  private String rawTarget;
  private final Headers headers;
  private final Runnable check;

  /**
   * Takes a request without headers.
   *
   * @param method the method as sent
   * @param target the request target as sent, in any form (V11, V17, V18)
   */
  public RequestLine(String method, String target) {
    this("HTTP/1.1", method, target, Headers.create(), () -> {});
  }

  /**
   * Takes a request.
   *
   * @param protocol the protocol, such as "HTTP/1.1"
   * @param method the method as sent
   * @param target the request target as sent, in any form (V11, V17, V18)
   * @param headers the headers
   * @param check runs before each access; a server throws from it when the request is over (C12)
   */
  public RequestLine(
      String protocol, String method, String target, Headers headers, Runnable check) {
    this.check = Objects.requireNonNull(check, "check");
    this.headers = Objects.requireNonNull(headers, "headers");
    this.protocol = Objects.requireNonNull(protocol, "protocol");
    this.method = Objects.requireNonNull(method, "method");
    this.rawTarget = Objects.requireNonNull(target, "target");
    String origin = origin(target);
    int query = origin.indexOf('?');
    this.path = PathString.decode(query < 0 ? origin : origin.substring(0, query));
    this.queryString = query < 0 ? "" : origin.substring(query);
  }

  /** The origin form of a target (V17, V18). */
  private static String origin(String target) {
    if (target.equals("*") || !target.contains("://") || target.startsWith("/")) {
      return target.startsWith("/") ? target : "";
    }
    int path = target.indexOf('/', target.indexOf("://") + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  @Override
  public String protocol() {
    check.run();
    return protocol;
  }

  @Override
  public void setProtocol(String protocol) {
    check.run();
    this.protocol = Objects.requireNonNull(protocol, "protocol");
  }

  @Override
  public String scheme() {
    check.run();
    return scheme;
  }

  @Override
  public void setScheme(String scheme) {
    check.run();
    this.scheme = Objects.requireNonNull(scheme, "scheme");
  }

  @Override
  public String method() {
    check.run();
    return method;
  }

  @Override
  public void setMethod(String method) {
    check.run();
    this.method = Objects.requireNonNull(method, "method");
  }

  @Override
  public String pathBase() {
    check.run();
    return pathBase;
  }

  @Override
  public void setPathBase(String pathBase) {
    check.run();
    this.pathBase = Objects.requireNonNull(pathBase, "pathBase");
  }

  @Override
  public String path() {
    check.run();
    return path;
  }

  @Override
  public void setPath(String path) {
    check.run();
    this.path = Objects.requireNonNull(path, "path");
  }

  @Override
  public String queryString() {
    check.run();
    return queryString;
  }

  @Override
  public void setQueryString(String queryString) {
    check.run();
    this.queryString = Objects.requireNonNull(queryString, "queryString");
  }

  @Override
  public String rawTarget() {
    check.run();
    return rawTarget;
  }

  @Override
  public void setRawTarget(String rawTarget) {
    check.run();
    this.rawTarget = Objects.requireNonNull(rawTarget, "rawTarget");
  }

  @Override
  public Headers headers() {
    check.run();
    return headers;
  }
}
