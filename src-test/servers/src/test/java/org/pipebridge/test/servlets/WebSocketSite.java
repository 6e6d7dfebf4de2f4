package org.pipebridge.test.servlets;

import java.net.URI;
import java.time.Duration;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.hosting.Startup;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.server.ServerOptions;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;

/** Where WebSockets can be spoken. */
enum WebSocketSite {
  JETTY_SERVER {
    @Override
    Running start(Startup startup, ServerOptions options) throws Exception {
      JettyServer server = new JettyServer();
      ServerAddressesFeature addresses = server.features().require(ServerAddressesFeature.class);
      addresses.addresses().add("http://127.0.0.1:0");
      begin(server, startup);
      URI bound = URI.create(addresses.addresses().iterator().next());
      return new Running(server, bound.getPort(), () -> {});
    }
  },

  TOMCAT {
    @Override
    Running start(Startup startup, ServerOptions options) throws Exception {
      return inContainer(EmbeddedContainer.TOMCAT, startup, options);
    }
  },

  UNDERTOW {
    @Override
    Running start(Startup startup, ServerOptions options) throws Exception {
      return inContainer(EmbeddedContainer.UNDERTOW, startup, options);
    }
  };

  abstract Running start(Startup startup, ServerOptions options) throws Exception;

  Running start(Startup startup) throws Exception {
    return start(startup, ServerOptions.DEFAULT);
  }

  /**
   * A running application.
   *
   * @param server its server
   * @param port where it listens
   * @param container what is stopped after it
   */
  record Running(Server server, int port, Runnable container) implements AutoCloseable {

    URI uri(String path) {
      return URI.create("ws://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
      server.stop(Duration.ofSeconds(5));
      container.run();
    }
  }

  private static Running inContainer(
      EmbeddedContainer container, Startup startup, ServerOptions options) throws Exception {
    ServletServer server = new ServletServer(options);
    begin(server, startup);
    EmbeddedContainer.Running running =
        container.start(
            context -> {
              var servlet = context.addServlet("pipeline", new PipelineServlet(server));
              servlet.setAsyncSupported(true);
              servlet.addMapping("/*");
            });
    return new Running(server, running.port(), running::close);
  }

  private static void begin(Server server, Startup startup) throws Exception {
    ApplicationBuilder app = new ApplicationBuilder(server.features());
    startup.configure(app);
    server.start(new PipelineApplication(app.build()));
  }
}
