package org.pipebridge.test.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;
import org.pipebridge.test.ContainerSettings;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.KitStartup;
import org.pipebridge.test.kit.SocketServer;

/** The servlet in an embedded Tomcat, which passes on the trailers that the kit sends. */
final class EmbeddedTomcat extends SocketServer {

  /** Where the container tells of the failures that scenarios make; not told on the console. */
  private static final Logger FAILURES =
      Logger.getLogger("org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/]");

  private final Tomcat tomcat = new Tomcat();
  private final ServletServer server = new ServletServer();
  private final Path directory;

  EmbeddedTomcat() {
    super("Tomcat");
    try {
      directory = Files.createTempDirectory("kit-tomcat");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.BYTES,
        Capability.NON_BLOCKING,
        Capability.LOGS,
        Capability.DISPOSAL,
        Capability.UPGRADE);
  }

  @Override
  public void start(KitStartup startup) throws Exception {
    startup.startOn(server);
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    connector.setProperty("allowedTrailerHeaders", "X-T,Host"); // else no trailer is passed on
    ContainerSettings.allowAborts(connector);
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory.toString());
    FAILURES.setLevel(Level.OFF); // addContext has set it
    Wrapper servlet = Tomcat.addServlet(context, "pipeline", new PipelineServlet(server));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    tomcat.start();
    reach(new InetSocketAddress("127.0.0.1", connector.getLocalPort()), "");
  }

  @Override
  public void close() {
    server.close();
    try {
      tomcat.stop();
      tomcat.destroy();
      delete();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
