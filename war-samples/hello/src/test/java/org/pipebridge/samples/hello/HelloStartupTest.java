package org.pipebridge.samples.hello;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class HelloStartupTest {

  @Test
  void theFrontPageGreetsTheWorld() throws Exception {
    assertThat(ask("/").text()).isEqualTo("Hello, world!\n");
    assertThat(ask("/").headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void aNameIsGreeted() throws Exception {
    assertThat(ask("/?name=%C3%85sa+B").text()).isEqualTo("Hello, Åsa B!\n");
  }

  @Test
  void anyOtherPathIsNotFound() throws Exception {
    assertThat(ask("/other").status()).isEqualTo(404);
    assertThat(ask("/other").content()).isEmpty();
  }

  @Test
  void theSameClassRunsOnJetty() throws Exception {
    try (WebHost host =
        WebHost.builder()
            .server(new JettyServer())
            .startup(new HelloStartup())
            .urls("http://127.0.0.1:0")
            .build()) {
      host.start();
      String url = host.addresses().iterator().next();
      assertThat(get(url).asString()).isEqualTo("Hello, world!\n");
      assertThat(get(url + "/other").statusCode()).isEqualTo(404);
    }
  }

  private static InMemoryResponse ask(String target) throws Exception {
    try (InMemoryServer server = InMemoryServer.running(new HelloStartup())) {
      return server.request("GET", target).send();
    }
  }
}
