package org.pipebridge.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what never reaches the application, in place of Jetty's error pages: empty, and closed
 * (Q7, V17).
 */
final class EmptyErrors implements Request.Handler {

  private final Server jetty;

  EmptyErrors(Server jetty) {
    this.jetty = jetty;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    answer(request, response, callback, status(request, response.getStatus()));
    return true;
  }

  /** Answers a request with an empty error, after which the connection is closed. */
  void answer(Request request, Response response, Callback callback, int status) {
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    if (!headers.contains(HttpHeader.DATE)) {
      headers.put(jetty.getDateField());
    }
    if (!Http2Stream.carries(request)) {
      headers.put(HttpHeader.CONNECTION, "close");
    }
    headers.put(HttpHeader.CONTENT_LENGTH, 0);
    if (status == HttpStatus.METHOD_NOT_ALLOWED_405) {
      headers.put(HttpHeader.ALLOW, allowed(request.getHttpURI()));
    }
    response.write(true, null, callback);
  }

  /** Says what Jetty found in the words of the contract. */
  private static int status(Request request, int status) {
    WatchedEndPoint endPoint = WatchedEndPoint.of(request);
    if (endPoint != null && endPoint.head().fault() != RequestLine.FINE) {
      return endPoint.head().fault();
    }
    return switch (status) {
      case HttpStatus.UPGRADE_REQUIRED_426 -> HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
      case HttpStatus.BAD_REQUEST_400 ->
          isTargetOfAnotherMethod(request)
              ? HttpStatus.METHOD_NOT_ALLOWED_405
              : HttpStatus.BAD_REQUEST_400;
      default -> status;
    };
  }

  /** Whether a target is an asterisk or an authority, for which only one method may ask (V17). */
  private static boolean isTargetOfAnotherMethod(Request request) {
    HttpURI uri = request.getHttpURI();
    String path = uri.getPath();
    return path != null
        && !path.startsWith("/")
        && !HttpMethod.CONNECT.is(request.getMethod())
        && (path.equals("*") || isAuthority(path));
  }

  private static boolean isAuthority(String path) {
    return path.indexOf('/') < 0 && !path.isEmpty();
  }

  private static String allowed(HttpURI uri) {
    return "*".equals(uri.getPath()) ? "OPTIONS" : "CONNECT";
  }
}
