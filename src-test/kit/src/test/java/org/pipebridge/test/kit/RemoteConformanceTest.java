package org.pipebridge.test.kit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.PlainServer;

/** The kit against a server of which it knows nothing but the address, as if it were elsewhere. */
final class RemoteConformanceTest extends ServerConformance {

  @Override
  protected ServerUnderTest server() {
    return new Elsewhere();
  }

  @Override
  protected Map<String, List<Scenario>> groups() {
    return PlainServerConformanceTest.trusting(super.groups());
  }

  private static final class Elsewhere extends SocketServer {
    private final PlainServer server = new PlainServer();
    private final KitStartup own = new KitStartup();

    Elsewhere() {
      super("a server elsewhere");
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.BYTES);
    }

    @Override
    public void start(KitStartup unused) throws IOException {
      ApplicationBuilder app = new ApplicationBuilder(server.features());
      own.configure(app);
      var addresses = server.features().require(ServerAddressesFeature.class).addresses();
      addresses.add("http://127.0.0.1:0");
      server.start(new PipelineApplication(app.build()));
      URI bound = URI.create(addresses.iterator().next());
      reach(new InetSocketAddress(bound.getHost(), bound.getPort()), "");
    }

    @Override
    public void close() {
      server.close();
      own.close();
    }
  }
}
