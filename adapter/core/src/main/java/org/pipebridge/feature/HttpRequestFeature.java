package org.pipebridge.feature;

/**
 * The request line and the header fields of a request (F20).
 *
 * <p>Every server has it (F11). Setters pair with getters and take any text unchecked; what is set
 * is read back, seen by whoever reads later, and never reaches the container (Q1). ASP.NET Core:
 * {@code IHttpRequestFeature}.
 *
 * @since 0.1
 */
public interface HttpRequestFeature {

  /**
   * Returns the protocol: "HTTP/1.0", "HTTP/1.1", "HTTP/2" or "HTTP/3".
   *
   * @return the protocol; "" if unknown
   */
  String protocol();

  /**
   * Sets the protocol.
   *
   * @param protocol the protocol
   */
  void setProtocol(String protocol);

  /**
   * Returns the scheme of the transport, not that of an absolute target.
   *
   * @return "http" or "https"
   */
  String scheme();

  /**
   * Sets the scheme.
   *
   * @param scheme the scheme
   */
  void setScheme(String scheme);

  /**
   * Returns the method as sent: any token, in its case (RFC 9110, section 9).
   *
   * @return the method
   */
  String method();

  /**
   * Sets the method.
   *
   * @param method the method
   */
  void setMethod(String method);

  /**
   * Returns where the application is mounted, unescaped, in the casing of the request (V19, V20).
   *
   * @return "" or "/x" without a final "/"
   */
  String pathBase();

  /**
   * Sets the mount point.
   *
   * @param pathBase the path base, unescaped
   */
  void setPathBase(String pathBase);

  /**
   * Returns the path below {@link #pathBase()}, unescaped but for "%2F", without path parameters
   * and dot segments (V11 to V16).
   *
   * @return "" or a text that starts with "/"
   */
  String path();

  /**
   * Sets the path.
   *
   * @param path the path, unescaped
   */
  void setPath(String path);

  /**
   * Returns the query as sent, escaped, with the leading "?" (V24).
   *
   * @return the query, or ""
   */
  String queryString();

  /**
   * Sets the query.
   *
   * @param queryString the query, escaped, with the leading "?", or ""
   */
  void setQueryString(String queryString);

  /**
   * Returns the request target as sent, never decoded (RFC 9112, section 3.2).
   *
   * @return the target; "" if unknown; in a foreign container perhaps the origin form of an
   *     absolute one (V18)
   */
  String rawTarget();

  /**
   * Sets the request target.
   *
   * @param rawTarget the target, escaped
   */
  void setRawTarget(String rawTarget);

  /**
   * Returns the header fields: live, and read from the container when asked for.
   *
   * @return the headers, which may be changed for this request
   */
  Headers headers();
}
