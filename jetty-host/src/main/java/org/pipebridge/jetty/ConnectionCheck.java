package org.pipebridge.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Looks after all connections from time to time, for what costs too much at each request; while the
 * server stops, also for those that have become idle.
 */
final class ConnectionCheck implements Runnable {

  private static final long MAX_PERIOD_MILLIS = 250;
  private static final long DISCONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final Server jetty;
  private final long headerTimeoutNanos;
  private final long periodMillis;
  private volatile boolean closing;
  private volatile boolean stopped;

  ConnectionCheck(Server jetty, JettyOptions options) {
    this.jetty = jetty;
    this.headerTimeoutNanos = options.headerTimeout().toNanos();
    this.periodMillis =
        Math.min(MAX_PERIOD_MILLIS, Math.max(1, options.headerTimeout().toMillis() / 4));
  }

  void start() {
    schedule();
  }

  /**
   * Closes the connections without a request; from now on the check ends those that have none then,
   * because they were still being set up or had content to come (S4).
   *
   * @return whether those were all
   */
  boolean closeIdle() {
    closing = true;
    boolean all = true;
    for (EndPoint endPoint : endPoints()) {
      all &= closeIfIdle(endPoint);
    }
    return all;
  }

  private static boolean closeIfIdle(EndPoint endPoint) {
    Connection connection = WatchedEndPoint.decrypted(endPoint.getConnection());
    WatchedEndPoint watched = WatchedEndPoint.of(connection);
    if (watched != null) {
      return watched.closeIfIdle();
    }
    if (connection instanceof HTTP2Connection http2) {
      HTTP2Session session = http2.getSession();
      session.shutdown(); // GOAWAY
      if (session.getStreams().isEmpty()) {
        // what was sent may still be on its way, and clients go on to send frames
        session.flush(Callback.from(http2.getEndPoint()::shutdownOutput));
      }
    } else if (connection instanceof NegotiatingServerConnection) {
      endPoint.close();
    }
    return !endPoint.isOpen();
  }

  /** Ends a connection that has no request; what it has sent may still be on its way. */
  private static void endIfIdle(EndPoint endPoint) {
    Connection connection = WatchedEndPoint.decrypted(endPoint.getConnection());
    WatchedEndPoint watched = WatchedEndPoint.of(connection);
    if (connection instanceof HTTP2Connection http2) {
      http2.getSession().shutdown(); // GOAWAY; Jetty does the rest when there is no stream
    } else if (connection != null && watched != null) {
      if (connection.getMessagesIn() == 0) {
        watched.closeIfIdle();
      } else {
        watched.endIfIdle();
      }
    }
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      long now = System.nanoTime();
      for (EndPoint endPoint : endPoints()) {
        WatchedEndPoint watched = WatchedEndPoint.of(endPoint.getConnection());
        if (watched != null) {
          watched.check(now, headerTimeoutNanos, DISCONNECT_NANOS);
        }
        if (closing) {
          endIfIdle(endPoint);
        }
      }
    } finally {
      schedule();
    }
  }

  private void schedule() {
    if (!stopped) {
      jetty.getScheduler().schedule(this, periodMillis, TimeUnit.MILLISECONDS);
    }
  }

  private List<EndPoint> endPoints() {
    List<EndPoint> all = new ArrayList<>();
    for (Connector connector : jetty.getConnectors()) {
      all.addAll(connector.getConnectedEndPoints());
    }
    return all;
  }
}
