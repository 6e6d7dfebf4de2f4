package org.pipebridge.test.kit.d;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K101 over IPv6, on a server of the scenario's own. */
final class Version6 {

  private static final String LOOPBACK = "0:0:0:0:0:0:0:1";

  private Version6() {}

  static List<Scenario> scenarios() {
    return List.of(k101());
  }

  private static Scenario k101() {
    return Scenario.named("K101", "f26_addressesMayBeOfVersion6")
        .rules("F26")
        .needs(Capability.BYTES, Capability.NEW_SERVER)
        .application((context, run) -> {})
        .once()
        .check(Version6::check);
  }

  private static void check(Probe probe) throws Exception {
    probe.needs(isHere(), "an IPv6 loopback");
    try (Server server = probe.newServer()) {
      Collection<String> addresses =
          server.features().require(ServerAddressesFeature.class).addresses();
      addresses.add("http://[::1]:0");
      server.start(new PipelineApplication(new ApplicationBuilder().run(Version6::tell).build()));
      int port = URI.create(addresses.iterator().next()).getPort();
      Connection connection = probe.connect(server);
      connection.send(Request.of("GET", "/").header("Host", "[::1]:" + port));
      connection.answer().hasStatus(200).hasText(LOOPBACK + " " + LOOPBACK + " " + port);
    }
  }

  private static void tell(HttpContext context) throws IOException {
    HttpConnectionFeature connection = context.connection();
    context
        .response()
        .write(
            text(connection.remoteAddress())
                + " "
                + text(connection.localAddress())
                + " "
                + connection.localPort());
  }

  private static String text(@Nullable InetAddress address) {
    return address == null ? "none" : address.getHostAddress();
  }

  private static boolean isHere() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
