package org.pipebridge.test.war;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.KitStartup;
import org.pipebridge.test.kit.ServerConformance;
import org.pipebridge.test.kit.ServerUnderTest;
import org.pipebridge.test.kit.SocketServer;

/** The kit's applications in a WAR, below a context path, driven over HTTP alone. */
final class KitWarConformanceTest extends ServerConformance {

  @TempDir static Path folder;

  @Override
  protected ServerUnderTest server() {
    return new KitWar();
  }

  private static final class KitWar extends SocketServer {
    private WarTomcat tomcat;
    private Logger failures;

    KitWar() {
      super("a WAR in Tomcat");
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.BYTES, Capability.NON_BLOCKING, Capability.UPGRADE);
    }

    @Override
    public void start(KitStartup unused) throws IOException, LifecycleException {
      Path war = WarFolder.create(folder.resolve("war"), KitStartup.class);
      Path kit = WarFolder.location(KitStartup.class);
      WarFolder.addJar(war.resolve("WEB-INF/lib/kit.jar"), kit);
      tomcat = new WarTomcat(Files.createDirectory(folder.resolve("tomcat")));
      StandardContext context = tomcat.deploy("/app", war);
      failures = Logger.getLogger(context.getLogName());
      failures.setLevel(Level.OFF);
      URI uri = tomcat.uri(context, "/");
      reach(new InetSocketAddress(uri.getHost(), uri.getPort()), uri.getPath());
    }

    @Override
    public void close() {
      try {
        tomcat.close();
      } catch (LifecycleException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
