package org.pipebridge.jetty;

import java.util.concurrent.Executor;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The threads that requests run on. */
final class Threads {

  private static final int MIN_THREADS = 8;

  /**
   * How long threads may take to end when the server has stopped; those at work have had theirs.
   */
  private static final long STOP_MILLIS = 500;

  private Threads() {}

  static QueuedThreadPool create(JettyOptions options) {
    int max = options.maxThreads();
    QueuedThreadPool threads = new QueuedThreadPool(max, Math.min(MIN_THREADS, max));
    threads.setName("pipebridge-" + Integer.toHexString(threads.hashCode()));
    threads.setStopTimeout(STOP_MILLIS);
    if (areVirtual(options.virtualThreads())) {
      threads.setVirtualThreadsExecutor(virtualThreads());
    }
    return threads;
  }

  /** How many threads a connector keeps for itself, beside those for requests. */
  static int ofConnector(ServerConnector connector) {
    return connector.getAcceptors() + connector.getSelectorManager().getSelectorCount();
  }

  private static boolean areVirtual(VirtualThreads wanted) {
    return switch (wanted) {
      case AUTO -> virtualThreads() != null;
      case OFF -> false;
      case ON -> {
        if (virtualThreads() == null) {
          throw new IllegalArgumentException(
              "virtualThreads must be auto or off: Java "
                  + Runtime.version().feature()
                  + " has none");
        }
        yield true;
      }
    };
  }

  private static Executor virtualThreads() {
    return org.eclipse.jetty.util.VirtualThreads.getDefaultVirtualThreadsExecutor();
  }
}
