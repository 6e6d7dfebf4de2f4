package org.pipebridge.jetty;

import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Listens at a port, with one thread.
 *
 * <p>When the port is closed, Jetty interrupts that thread, too. A connection that is being
 * accepted at that moment is then lost in the JDK: nobody answers or closes it. Closing the port is
 * enough to end the waiting, so the interrupt is left for a thread that is still there when
 * everything stops (S4).
 */
final class PortConnector extends ServerConnector {

  private static final int ACCEPTORS = 1;

  PortConnector(Server jetty, ConnectionFactory... protocols) {
    super(jetty, null, null, null, ACCEPTORS, -1, protocols);
  }

  @Override
  protected void interruptAcceptors() {
    if (isStopping()) {
      super.interruptAcceptors();
    }
  }
}
