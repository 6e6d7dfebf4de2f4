package org.pipebridge.test.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.pipebridge.test.ContainerSettings;

/** An application in an embedded Tomcat with its default settings, which speaks HTTP/2, too. */
final class TomcatApp extends Container {

  private final Tomcat tomcat = new Tomcat();
  private final Connector connector = new Connector();
  private Path folder;

  @Override
  void deploy(WebApp app) throws Exception {
    folder = Files.createTempDirectory("tomcat");
    tomcat.setBaseDir(folder.toString());
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("maxThreads", Integer.toString(app.threads()));
    connector.setPort(0);
    if (app.isAbortedOverHttp2()) {
      ContainerSettings.allowAborts(connector);
    } else {
      connector.addUpgradeProtocol(new Http2Protocol());
    }
    tomcat.setConnector(connector);
    Context context = tomcat.addContext(app.contextPath(), folder.toString());
    context.addServletContainerInitializer((classes, servlets) -> app.register(servlets), Set.of());
    app.errorPages().forEach(page -> context.addErrorPage(of(page)));
    tomcat.start();
  }

  private static ErrorPage of(WebApp.ErrorPage page) {
    ErrorPage made = new ErrorPage();
    made.setLocation(page.location());
    if (page.exception() == null) {
      made.setErrorCode(page.status());
    } else {
      made.setExceptionType(page.exception().getName());
    }
    return made;
  }

  @Override
  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", connector.getLocalPort());
  }

  @Override
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
    delete();
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
