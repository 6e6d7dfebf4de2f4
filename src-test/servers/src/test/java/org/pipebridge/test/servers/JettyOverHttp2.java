package org.pipebridge.test.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.util.component.LifeCycle;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.KitStartup;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.ServerUnderTest;

/** The project's own host, reached by HTTP/2 alone. */
final class JettyOverHttp2 implements ServerUnderTest {

  private final JettyServer server = new JettyServer();
  private final HTTP2Client client = new HTTP2Client();

  @Override
  public String name() {
    return "JettyServer over HTTP/2";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.BYTES, Capability.TLS));
  }

  @Override
  public void start(KitStartup startup) throws IOException {
    LifeCycle.start(client);
    server.features().require(ServerAddressesFeature.class).addresses().add("http://127.0.0.1:0");
    startup.startOn(server);
  }

  @Override
  public Connection connect() {
    Request ping = request("GET", "/").header("X-Scenario", "ping");
    return new Http2Connection(client, address(server), ping);
  }

  @Override
  public Request request(String method, String path) {
    return Request.of(method, path).header("Host", "localhost:" + address(server).getPort());
  }

  @Override
  public Server newServer() {
    return new JettyServer();
  }

  @Override
  public Connection connect(Server started) {
    return new Http2Connection(client, address(started), Request.of("GET", "/"));
  }

  @Override
  public void close() {
    server.close();
    LifeCycle.stop(client);
  }

  private static InetSocketAddress address(Server started) {
    ServerAddressesFeature addresses = started.features().require(ServerAddressesFeature.class);
    URI bound = URI.create(addresses.addresses().iterator().next());
    return new InetSocketAddress(bound.getHost(), bound.getPort());
  }
}
