package org.pipebridge.jetty;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.pipeline.RequestDelegate;

/** A JettyServer on a free port of 127.0.0.1, with an application that is one handler. */
final class TestHost implements AutoCloseable {

  private static final Logger FAILURES =
      Logger.getLogger("org.pipebridge.hosting.PipelineApplication");

  private final WebHost host;

  private TestHost(WebHost host) {
    this.host = host;
  }

  /** For an application that fails on purpose, of which the console need not know. */
  static TestHost startFailing(Handler application) throws Exception {
    FAILURES.setLevel(Level.OFF);
    return start(application);
  }

  static TestHost start(Handler application) throws Exception {
    return start(JettyOptions.DEFAULT, application);
  }

  static TestHost start(JettyOptions options, Handler application) throws Exception {
    String scheme = options.tls().certificates().isEmpty() ? "http" : "https";
    return start(new JettyServer(options), scheme, application);
  }

  static TestHost start(JettyServer server, Handler application) throws Exception {
    return start(server, "http", application);
  }

  private static TestHost start(JettyServer server, String scheme, Handler application)
      throws Exception {
    WebHost host = builder(server, application, scheme + "://127.0.0.1:0");
    host.start();
    return new TestHost(host);
  }

  /** For an application of stages, some of which fail on purpose. */
  static TestHost startFailingAsync(RequestDelegate application) throws Exception {
    FAILURES.setLevel(Level.OFF);
    WebHost host =
        WebHost.builder()
            .configuration(Configuration.builder().build())
            .server(new JettyServer())
            .startup(app -> app.runAsync(application))
            .urls("http://127.0.0.1:0")
            .build();
    host.start();
    return new TestHost(host);
  }

  static WebHost builder(JettyServer server, Handler application, String... urls) {
    var builder =
        WebHost.builder()
            .configuration(Configuration.builder().build())
            .server(server)
            .startup(app -> app.run(application));
    return (urls.length == 0 ? builder : builder.urls(urls)).build();
  }

  WebHost host() {
    return host;
  }

  String address() {
    return host.addresses().iterator().next();
  }

  RawClient connect() {
    return new RawClient(address());
  }

  String exchange(String request) {
    return RawClient.exchange(address(), request);
  }

  @Override
  public void close() {
    host.close();
    FAILURES.setLevel(null);
  }
}
