package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.util.List;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocketOptions;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** Sends back what comes by a WebSocket, or tells why there is none. */
final class Echo implements Handler {

  @Override
  public void handle(HttpContext context) throws IOException {
    HttpWebSocketFeature sockets = context.features().get(HttpWebSocketFeature.class);
    if (sockets == null) {
      refuse(context, 501, "This server offers no WebSocket for this request.");
    } else if (sockets.isWebSocketRequest()) {
      sockets.accept(WebSocketOptions.DEFAULT, new EchoSession(context)::run);
    } else {
      refuse(context, 400, "This server offers WebSockets, but this request asks for none.");
    }
  }

  private static void refuse(HttpContext context, int status, String reason) throws IOException {
    List<Row> rows =
        List.of(new Row("reason", reason), Facts.features(context, HttpWebSocketFeature.class));
    Facts.send(context, status, "No WebSocket", rows);
  }
}
