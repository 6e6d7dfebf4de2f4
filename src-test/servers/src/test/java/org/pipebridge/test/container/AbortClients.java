package org.pipebridge.test.container;

import java.util.function.IntPredicate;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.util.component.LifeCycle;
import org.pipebridge.test.InMemoryServer;

/** Makes the clients that a server needs, and ends what they share. */
final class AbortClients implements AutoCloseable {

  private final Subject.Running running;
  private final IntPredicate created;
  private final HTTP2Client http2;
  private final boolean cuts;

  AbortClients(Subject subject, Subject.Running running, IntPredicate created) {
    this.running = running;
    this.created = created;
    this.cuts = subject == Subject.UNDERTOW_HTTP2;
    this.http2 = subject.isHttp2() ? new HTTP2Client() : null;
    if (http2 != null) {
      LifeCycle.start(http2);
    }
  }

  AbortClient make() {
    if (running.server() instanceof InMemoryServer memory) {
      return new MemoryAbortClient(memory, created);
    }
    return http2 == null
        ? new SocketAbortClient(running.address(), created)
        : new Http2AbortClient(http2, running.address(), created, cuts);
  }

  @Override
  public void close() {
    if (http2 != null) {
      LifeCycle.stop(http2);
    }
  }
}
