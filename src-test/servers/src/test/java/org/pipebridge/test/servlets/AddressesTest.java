package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.servlets.EmbeddedContainer.Running;

/** K205: what containers tell of where they listen (S30). */
final class AddressesTest {

  private final AtomicReference<ServerAddressesFeature> feature = new AtomicReference<>();
  private final List<String> atConfigure = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void s30_addressesAreToldOrLearnt(EmbeddedContainer container) throws Exception {
    try (Running running = container.start(this::register)) {
      String learnt = "http://127.0.0.1:" + running.port();
      String told =
          switch (container) {
            case JETTY, TOMCAT -> learnt;
            case UNDERTOW -> null; // nothing in a WAR leads to a port
          };
      // both have their ports open before the applications start
      assertThat(atConfigure).isEqualTo(told == null ? List.of() : List.of(told));
      assertThat(feature.get().addresses()).isEqualTo(atConfigure);
      assertThat(get(running)).isEqualTo("[" + (told == null ? learnt : told) + "]");
    }
  }

  private void register(ServletContext context) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(
            "pipeline",
            new PipelineServlet(
                app -> {
                  ServerAddressesFeature addresses =
                      app.serverFeatures().require(ServerAddressesFeature.class);
                  feature.set(addresses);
                  atConfigure.addAll(addresses.addresses());
                  app.run(call -> call.response().write(addresses.addresses().toString()));
                }));
    servlet.addMapping("/*");
    servlet.setLoadOnStartup(1);
  }

  private static String get(Running running) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + running.port() + "/");
    try (InputStream in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
