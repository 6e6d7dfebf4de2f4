package org.pipebridge.test.container;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.hosting.Startup;
import org.pipebridge.jetty.JettyOptions;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.jetty.TlsCertificate;
import org.pipebridge.jetty.TlsOptions;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;
import org.pipebridge.test.InMemoryServer;
import org.pipebridge.test.LoopbackCertificate;

/** A server of each kind with one application, for the long runs. */
enum Subject {
  IN_MEMORY,
  JETTY_SERVER,
  JETTY_SERVER_HTTP2,
  JETTY_SERVER_TLS,
  JETTY,
  TOMCAT,
  TOMCAT_HTTP2,
  UNDERTOW,
  UNDERTOW_HTTP2;

  /** How many threads run applications: more than there are requests at once. */
  static final int THREADS = 64;

  /** What a container has beside them: acceptors, selectors, timers. */
  static final int OTHER_THREADS = 16;

  private static final String CHOSEN = System.getProperty("reliability.servers", "");

  /**
   * A server that runs; in memory it has no address, and what trusts its certificate is null where
   * it has none.
   */
  record Running(Server server, InetSocketAddress address, SSLContext trust, Runnable end)
      implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Those that the property reliability.servers names, a list with commas, or all. */
  static Stream<Subject> chosen(Subject... all) {
    List<String> names = List.of(CHOSEN.toUpperCase(Locale.ROOT).replace('-', '_').split(","));
    return Arrays.stream(all).filter(subject -> CHOSEN.isEmpty() || names.contains(subject.name()));
  }

  Running start(Startup startup) throws Exception {
    ApplicationBuilder app = new ApplicationBuilder();
    startup.configure(app);
    return start(new PipelineApplication(app.build()));
  }

  Running start(HttpApplication<?> application) throws Exception {
    return switch (this) {
      case IN_MEMORY -> inMemory(application);
      case JETTY_SERVER, JETTY_SERVER_HTTP2 -> jettyServer(application);
      case JETTY_SERVER_TLS -> jettyServerWithTls(application);
      case JETTY -> container(Container.Kind.JETTY, application);
      case TOMCAT, TOMCAT_HTTP2 -> container(Container.Kind.TOMCAT, application);
      case UNDERTOW, UNDERTOW_HTTP2 -> container(Container.Kind.UNDERTOW, application);
    };
  }

  /** Whether its clients speak HTTP/2, with prior knowledge. */
  boolean isHttp2() {
    return name().endsWith("_HTTP2");
  }

  private static Running inMemory(HttpApplication<?> application) {
    InMemoryServer server = new InMemoryServer();
    server.start(application);
    return new Running(server, null, null, server::close);
  }

  private static Running jettyServer(HttpApplication<?> application) throws Exception {
    JettyServer server = new JettyServer(JettyOptions.DEFAULT.withMaxThreads(THREADS));
    return new Running(server, listen(server, "http", application), null, server::close);
  }

  private static Running jettyServerWithTls(HttpApplication<?> application) throws Exception {
    Path folder = Files.createTempDirectory("reliability");
    LoopbackCertificate certificate = LoopbackCertificate.make(folder);
    TlsCertificate key = TlsCertificate.keyStore(certificate.store(), LoopbackCertificate.PASSWORD);
    JettyServer server = new JettyServer(JettyOptions.DEFAULT.withTls(TlsOptions.of(key)));
    Runnable end =
        () -> {
          server.close();
          certificate.store().toFile().delete();
          folder.toFile().delete();
        };
    return new Running(server, listen(server, "https", application), certificate.context(), end);
  }

  private static InetSocketAddress listen(
      JettyServer server, String scheme, HttpApplication<?> application) throws Exception {
    ServerAddressesFeature addresses = server.features().require(ServerAddressesFeature.class);
    addresses.addresses().add(scheme + "://127.0.0.1:0");
    server.start(application);
    URI bound = URI.create(addresses.addresses().iterator().next());
    return new InetSocketAddress(bound.getHost(), bound.getPort());
  }

  private Running container(Container.Kind kind, HttpApplication<?> application) throws Exception {
    ServletServer server = new ServletServer();
    server.start(application);
    WebApp app = new WebApp().threads(THREADS).abortedOverHttp2(isHttp2());
    app.servlet("/*", new PipelineServlet(server));
    Container container = kind.start(app);
    Runnable end =
        () -> {
          server.close();
          container.close();
        };
    return new Running(server, container.address(), null, end);
  }
}
