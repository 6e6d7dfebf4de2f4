package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletResponse;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.internal.Ascii;
import org.pipebridge.server.exchange.ResponseHeaders;

/** Puts the head of a response on the container's object, never with sendError (W6). */
final class ServletHead {

  private static final String CLOSE = "close";

  private ServletHead() {}

  /**
   * Puts a head on a response that is the pipeline's alone.
   *
   * @param close whether the connection is not to be used again
   */
  static void begin(
      ServletResponseSide transport,
      int status,
      ResponseHeaders headers,
      long contentLength,
      boolean close) {
    transport.response().setStatus(status);
    if (contentLength < 0 && GrizzlyConnection.mayIgnoreFraming(transport)) {
      GrizzlyConnection.frameResponse(transport.request());
    }
    boolean trailersFollow = ServletExtras.canFollow(transport, status, headers, contentLength);
    ServletExtras extras =
        trailersFollow ? transport.features().extras() : transport.existingExtras();
    if (extras != null) {
      extras.begin(trailersFollow);
    }
    finish(transport, headers, contentLength, close);
  }

  /** Puts on what the pipeline has set, and the rest of the chain may still change (W32). */
  static void handOver(
      ServletResponseSide transport,
      int status,
      ResponseHeaders headers,
      long contentLength,
      boolean close) {
    if (status != HttpServletResponse.SC_OK) {
      transport.response().setStatus(status);
    }
    finish(transport, headers, contentLength, close);
  }

  private static void finish(
      ServletResponseSide transport, ResponseHeaders headers, long contentLength, boolean close) {
    HttpServletResponse response = transport.response();
    boolean http1 = transport.isHttp1();
    boolean closes = (close && http1) || mustClose(transport, contentLength);
    for (int line = 0; line < headers.size(); line++) {
      boolean onConnection = Ascii.equalsIgnoreCase(headers.name(line), HeaderNames.CONNECTION);
      if (headers.isSent(line) && (http1 || !onConnection)) {
        put(response, headers, line);
        closes |= onConnection && Ascii.equalsIgnoreCase(headers.value(line), CLOSE);
      }
    }
    if (contentLength >= 0) {
      response.setContentLengthLong(contentLength);
    }
    if (closes) {
      response.setHeader(HeaderNames.CONNECTION, CLOSE);
      UndertowConnection.closeBehind(transport);
    }
  }

  /** Whether only the end of the connection tells an old client where the content ends (R24). */
  private static boolean mustClose(ServletResponseSide transport, long contentLength) {
    return contentLength < 0
        && transport.request().getProtocol().equals("HTTP/1.0")
        && !transport.server().endsOldConnections(); // Jetty would not say so
  }

  /**
   * Sets the first line of a name, so that it replaces what a filter had set, and adds the others.
   */
  private static void put(HttpServletResponse response, ResponseHeaders headers, int line) {
    String name = headers.name(line);
    String value = headers.value(line);
    if (Ascii.equalsIgnoreCase(name, HeaderNames.CONTENT_TYPE)) {
      response.setContentType(value);
    } else if (Ascii.equalsIgnoreCase(name, HeaderNames.SET_COOKIE)
        || hasEarlierLine(headers, line, name)) {
      response.addHeader(name, value);
    } else {
      response.setHeader(name, value);
    }
  }

  private static boolean hasEarlierLine(ResponseHeaders headers, int line, String name) {
    for (int i = 0; i < line; i++) {
      if (Ascii.equalsIgnoreCase(headers.name(i), name)) {
        return true;
      }
    }
    return false;
  }
}
