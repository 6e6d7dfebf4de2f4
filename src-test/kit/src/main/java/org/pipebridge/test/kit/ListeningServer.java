package org.pipebridge.test.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;

/** A server of the project's own kind, on a free port of loopback. */
class ListeningServer extends SocketServer {

  private final Supplier<? extends Server> servers;
  private final boolean host;
  private final @Nullable SSLContext tls;
  private @Nullable Server server;

  ListeningServer(
      String name, Supplier<? extends Server> servers, boolean host, @Nullable SSLContext tls) {
    super(name);
    this.servers = servers;
    this.host = host;
    this.tls = tls;
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    if (!host) {
      all.remove(Capability.HOST);
      all.remove(Capability.NON_BLOCKING);
    }
    if (tls == null) {
      all.remove(Capability.TLS);
    }
    return all;
  }

  @Override
  public void start(KitStartup startup) throws IOException {
    Server fresh = servers.get();
    server = fresh;
    ServerAddressesFeature addresses = fresh.features().require(ServerAddressesFeature.class);
    addresses.addresses().add((tls == null ? "http" : "https") + "://127.0.0.1:0");
    startup.startOn(fresh);
    reach(address(fresh), "", tls);
  }

  @Override
  public Server newServer() {
    return servers.get();
  }

  @Override
  public Connection connect(Server started) {
    Request ping = Request.of("GET", "/").header("Host", "localhost");
    return new RawConnection(new Wire(address(started), null, patience()), ping);
  }

  private static InetSocketAddress address(Server started) {
    ServerAddressesFeature addresses = started.features().require(ServerAddressesFeature.class);
    URI bound = URI.create(addresses.addresses().iterator().next());
    return new InetSocketAddress(bound.getHost(), bound.getPort());
  }

  @Override
  public void close() {
    Objects.requireNonNull(server, "not started").close();
  }
}
