package org.pipebridge.test.kit;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A server in another process, which tells over HTTP what else can be checked there. */
final class RemoteServer extends SocketServer {

  private final URI base;
  private final Set<Capability> capabilities =
      EnumSet.of(Capability.BYTES, Capability.NON_BLOCKING);

  RemoteServer(String name, URI base) {
    super(name);
    this.base = base;
  }

  @Override
  public Set<Capability> capabilities() {
    return Collections.unmodifiableSet(capabilities);
  }

  @Override
  public void start(KitStartup unused) {
    reach(new InetSocketAddress(base.getHost(), base.getPort()), base.getRawPath());
    try (Connection connection = connect()) {
      connection.send(request("GET", "/").header(KitStartup.SCENARIO, KitStartup.OFFERS));
      connection
          .answer()
          .hasStatus(200)
          .text()
          .lines()
          .map(Capability::valueOf)
          .forEach(capabilities::add);
    }
  }

  @Override
  public void close() {}
}
