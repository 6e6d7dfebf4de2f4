package org.pipebridge.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the pseudo-headers of HTTP/2 what other containers do: {@code :authority} is the Host
 * (C5; RFC 9113, section 8.3.1: a Host beside it does not count), and {@code :scheme}, which a
 * client may claim at will, is that of the transport (F20).
 */
final class PseudoHeaders implements HttpConfiguration.Customizer {

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (!Http2Stream.carries(request)) {
      return request;
    }
    HttpFields headers = headers(request);
    HttpURI target = target(request);
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }

      @Override
      public HttpURI getHttpURI() {
        return target;
      }
    };
  }

  private static HttpFields headers(Request request) {
    @Nullable String authority = request.getHttpURI().getAuthority();
    return authority == null
        ? request.getHeaders()
        : HttpFields.build(request.getHeaders()).put(HttpHeader.HOST, authority);
  }

  private static HttpURI target(Request request) {
    HttpURI target = request.getHttpURI();
    boolean secure = request.getConnectionMetaData().getConnection().getEndPoint().isSecure();
    HttpScheme scheme = secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
    return scheme.is(target.getScheme())
        ? target
        : HttpURI.build(target).scheme(scheme).asImmutable();
  }
}
