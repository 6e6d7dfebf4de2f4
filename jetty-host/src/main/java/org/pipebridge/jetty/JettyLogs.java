package org.pipebridge.jetty;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Jetty from telling the console what only its developers want to know, and what any client
 * could fill a log with.
 *
 * <p>It touches java.util.logging alone, and only loggers that nobody gave a level. With another
 * back end it has no effect.
 */
final class JettyLogs {

  private static final Map<String, Level> LEVELS =
      Map.of(
          "org.eclipse.jetty", Level.WARNING,
          "org.eclipse.jetty.http.HttpParser", Level.SEVERE,
          "org.eclipse.jetty.util.HostPort", Level.SEVERE,
          // it tells of Jetty's own trouble with a malformed path over HTTP/2, after the 400
          "org.eclipse.jetty.util.thread.SerializedInvoker", Level.SEVERE);

  /** Held, since a logger that nobody holds loses its level. */
  private static final List<Logger> LOGGERS =
      LEVELS.keySet().stream().sorted().map(Logger::getLogger).toList();

  private JettyLogs() {}

  static void quieten() {
    for (Logger logger : LOGGERS) {
      if (logger.getLevel() == null) {
        logger.setLevel(LEVELS.get(logger.getName()));
      }
    }
  }
}
