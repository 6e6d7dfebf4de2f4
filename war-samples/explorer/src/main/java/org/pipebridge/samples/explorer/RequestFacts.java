package org.pipebridge.samples.explorer;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;

/** What the views of the model tell about a request. */
final class RequestFacts {

  private RequestFacts() {}

  static List<Row> of(HttpContext context) {
    HttpRequest request = context.request();
    HttpConnectionFeature connection = context.connection();
    return List.of(
        new Row("method", request.method()),
        new Row("rawTarget", request.rawTarget()),
        new Row("pathBase", quoted(request.pathBase())),
        new Row("path", quoted(request.path())),
        new Row("queryString", quoted(request.queryString())),
        new Row("protocol", request.protocol()),
        new Row("scheme", request.scheme()),
        new Row("host", request.host().value()),
        new Row("client", endpoint(connection.remoteAddress(), connection.remotePort())),
        new Row("server", endpoint(connection.localAddress(), connection.localPort())),
        new Row("traceIdentifier", context.traceIdentifier()));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String endpoint(@Nullable InetAddress address, int port) {
    return address == null ? "unknown" : address.getHostAddress() + ", port " + port;
  }
}
