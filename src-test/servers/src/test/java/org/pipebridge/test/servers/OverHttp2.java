package org.pipebridge.test.servers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.util.component.LifeCycle;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.KitStartup;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.ServerUnderTest;

/** A server that listens without TLS, reached by HTTP/2 alone, with prior knowledge. */
final class OverHttp2 implements ServerUnderTest {

  private final ServerUnderTest server;
  private final HTTP2Client client = new HTTP2Client();

  OverHttp2(ServerUnderTest server) {
    this.server = server;
  }

  @Override
  public String name() {
    return server.name() + " over HTTP/2";
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.copyOf(server.capabilities());
    all.removeAll(EnumSet.of(Capability.BYTES, Capability.UPGRADE, Capability.TLS));
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Duration patience() {
    return server.patience();
  }

  @Override
  public void start(KitStartup startup) throws Exception {
    LifeCycle.start(client);
    server.start(startup);
  }

  @Override
  public Connection connect() {
    Request ping = request("GET", "/").header("X-Scenario", "ping");
    return new Http2Connection(client, address(ping), ping);
  }

  @Override
  public Request request(String method, String path) {
    return server.request(method, path);
  }

  @Override
  public Server newServer() {
    return server.newServer();
  }

  @Override
  public Connection connect(Server started) {
    ServerAddressesFeature addresses = started.features().require(ServerAddressesFeature.class);
    URI bound = URI.create(addresses.addresses().iterator().next());
    return new Http2Connection(
        client,
        new InetSocketAddress(bound.getHost(), bound.getPort()),
        Request.of("GET", "/").header("Host", bound.getRawAuthority()));
  }

  @Override
  public void close() {
    server.close();
    LifeCycle.stop(client);
  }

  private static InetSocketAddress address(Request request) {
    String host =
        request.headers().stream()
            .filter(field -> field.name().equals("Host"))
            .map(Field::value)
            .findFirst()
            .orElseThrow();
    URI authority = URI.create("http://" + host);
    return new InetSocketAddress("127.0.0.1", authority.getPort());
  }
}
