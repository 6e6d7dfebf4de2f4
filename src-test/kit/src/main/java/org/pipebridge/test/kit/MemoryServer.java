package org.pipebridge.test.kit;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.pipebridge.server.Server;
import org.pipebridge.test.InMemoryServer;

/** The in-memory server under test. */
final class MemoryServer implements ServerUnderTest {

  private final InMemoryServer server = new InMemoryServer();

  @Override
  public String name() {
    return "in memory";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(
        EnumSet.of(Capability.BYTES, Capability.NON_BLOCKING, Capability.TLS));
  }

  @Override
  public void start(KitStartup startup) throws IOException {
    startup.startOn(server);
  }

  @Override
  public Connection connect() {
    Request ping = request("GET", "/").header(KitStartup.SCENARIO, "ping");
    return new MemoryConnection(server, ping);
  }

  @Override
  public Request request(String method, String path) {
    return Request.of(method, path).header("Host", "localhost");
  }

  @Override
  public Server newServer() {
    return new InMemoryServer();
  }

  @Override
  public Connection connect(Server started) {
    return new MemoryConnection((InMemoryServer) started, request("GET", "/"));
  }

  @Override
  public void close() {
    server.close();
  }
}
