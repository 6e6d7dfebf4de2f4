package org.pipebridge.jetty;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** Looks after all connections from time to time, for what costs too much at each request. */
final class ConnectionCheck implements Runnable {

  private static final long MAX_PERIOD_MILLIS = 250;
  private static final long DISCONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final Server jetty;
  private final long headerTimeoutNanos;
  private final long periodMillis;
  private volatile boolean stopped;

  private ConnectionCheck(Server jetty, JettyOptions options) {
    this.jetty = jetty;
    this.headerTimeoutNanos = options.headerTimeout().toNanos();
    this.periodMillis =
        Math.min(MAX_PERIOD_MILLIS, Math.max(1, options.headerTimeout().toMillis() / 4));
  }

  static ConnectionCheck start(Server jetty, JettyOptions options) {
    ConnectionCheck check = new ConnectionCheck(jetty, options);
    check.schedule();
    return check;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    for (Connector connector : jetty.getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        @Nullable WatchedEndPoint watched = WatchedEndPoint.of(endPoint.getConnection());
        if (watched != null) {
          watched.check(now, headerTimeoutNanos, DISCONNECT_NANOS);
        }
      }
    }
    schedule();
  }

  private void schedule() {
    if (!stopped) {
      jetty.getScheduler().schedule(this, periodMillis, TimeUnit.MILLISECONDS);
    }
  }
}
