package org.pipebridge.servlet;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.server.exchange.Upgrading;

/** Turns the connection of a request over to another protocol (U1 to U8). */
final class TurnOver {

  private TurnOver() {}

  /** Whether the server can do so with the connection of this request (F37). */
  static boolean isPossible(ServletTransport transport) {
    return !transport.isInclude()
        && transport.request().getProtocol().equals("HTTP/1.1")
        && transport.server().isUpgradable(transport.request());
  }

  /** Whether the container's thread may be needed for it, which no other may do (U2). */
  static boolean needsContainerThread(ServletTransport transport) {
    if (!transport.server().upgradesOnContainerThread()
        || transport.request().getHeader(HeaderNames.CONNECTION) == null) { // costs no Enumeration
      return false;
    }
    Enumeration<String> lines = transport.request().getHeaders(HeaderNames.CONNECTION);
    while (lines != null && lines.hasMoreElements()) {
      if (lines.nextElement().toLowerCase(Locale.ROOT).contains("upgrade")) {
        return isPossible(transport);
      }
    }
    return false;
  }

  /** Has the container do so, on this thread; from then on its objects are not touched (U8). */
  static void begin(ServletTransport transport, Upgrading upgrading) {
    ServletServer server = transport.server();
    try {
      transport.features().keep();
      Executor executor = server.executor(transport.request());
      transport.setTurnedOver(true);
      server
          .upgrade(transport.request(), transport.response())
          .whenComplete(
              (connection, failure) -> {
                if (failure == null) {
                  upgrading.opened(connection, executor);
                } else {
                  upgrading.failed(new IOException("the container brings no connection", failure));
                }
              });
    } catch (IOException | ServletException | RuntimeException e) {
      transport.setTurnedOver(false);
      upgrading.failed(e);
    }
  }
}
