package org.pipebridge.samples.explorer;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.jetty.JettyServer;

/** The same classes as in the WAR, on embedded Jetty. */
final class ExplorerOnJettyTest {

  private final WebHost host =
      WebHost.builder()
          .server(new JettyServer())
          .startup(new ExplorerStartup())
          .urls("http://127.0.0.1:0")
          .build();
  private String url;

  @BeforeEach
  void start() throws Exception {
    host.start();
    url = host.addresses().iterator().next();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void theFrontPageNamesServerAndAddress() {
    var page = get(url);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).startsWithIgnoringCase("text/html;");
    assertThat(page.asString()).contains("jetty/", url, "HttpServletFeature");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(get(url + "/style.css").contentType()).startsWithIgnoringCase("text/css;");
  }

  @Test
  void aFileOfAFormIsShown() {
    byte[] file = "abc".getBytes(StandardCharsets.UTF_8);
    String page =
        given()
            .multiPart("text", "one")
            .multiPart("file", "<a>.txt", file)
            .post(url + "/form")
            .asString();

    assertThat(page)
        .contains("one", "&lt;a&gt;.txt")
        .contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aFailureBeforeTheStartIsAnEmpty500() {
    var answer = get(url + "/fail/early");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.asByteArray()).isEmpty();
  }

  @Test
  void aFailureWithinTheAnswerIsSeenAsBroken() {
    assertThatThrownBy(() -> get(url + "/fail/late").asString())
        .hasStackTraceContaining("end of chunk");
  }
}
