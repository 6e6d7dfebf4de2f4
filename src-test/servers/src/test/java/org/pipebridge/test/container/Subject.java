package org.pipebridge.test.container;

import java.net.InetSocketAddress;
import java.net.URI;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.Startup;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.jetty.JettyServer;

/** A server of each kind with one pipeline, for the long runs. */
enum Subject {
  JETTY_SERVER,
  JETTY,
  TOMCAT,
  UNDERTOW;

  /** A server that runs. */
  record Running(InetSocketAddress address, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  Running start(Startup startup) throws Exception {
    if (this == JETTY_SERVER) {
      WebHost host =
          WebHost.builder()
              .configuration(Configuration.builder().build())
              .server(new JettyServer())
              .startup(startup)
              .urls("http://127.0.0.1:0")
              .build();
      host.start();
      URI address = URI.create(host.addresses().iterator().next());
      return new Running(new InetSocketAddress(address.getHost(), address.getPort()), host::close);
    }
    Container container =
        Container.Kind.valueOf(name()).start(new WebApp().pipeline("/*", startup));
    return new Running(container.address(), container::close);
  }
}
