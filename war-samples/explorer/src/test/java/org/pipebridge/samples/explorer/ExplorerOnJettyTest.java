package org.pipebridge.samples.explorer;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
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
    byte[] file = "abc".getBytes(UTF_8);
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
  void theClockTicksInServletAsyncAndEndsWithTheApplication() throws Exception {
    try (InputStream clock = URI.create(url + "/clock").toURL().openStream()) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(clock, UTF_8));
      assertThat(lines.readLine()).contains("\"event\":\"1\"");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine())
          .contains("\"event\":\"2\"", "\"servlet async\":\"started\"", "explorer-timer");

      host.stop();
      assertThat(lines.lines()).contains("event: end");
    }
  }

  @Test
  void theEchoComesBackByAWebSocket() throws Exception {
    EchoClient client = new EchoClient();
    URI echo = URI.create(url.replace("http:", "ws:") + "/echo");
    WebSocket socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(echo, client).join();

    socket.sendText("å \"", true).join();
    assertThat(client.heard())
        .startsWith("{\"echo\":\"å \\\"\",\"message\":\"1\",\"its bytes\":\"4\"");
    socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    assertThat(client.heard()).isEqualTo("3 bytes");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough").join();
    assertThat(client.heard()).isEqualTo("closed with 1000");
  }

  @Test
  void anUploadIsReadInPieces() {
    byte[] content = new byte[1_000_000];
    var facts = given().accept("application/json").body(content).post(url + "/upload").jsonPath();

    assertThat(facts.getString("bytes")).isEqualTo("1000000");
    assertThat(facts.getString("SHA-256")).isEqualTo(sha256(content));
    assertThat(facts.getString("reads")).matches("[1-9]\\d+, the largest of \\d+ bytes");
  }

  @Test
  void aDownloadIsTheFileThatTheFactsTellAbout() throws Exception {
    var file = get(url + "/download");
    byte[] content = file.asByteArray(); // reads it: a server that cannot send does not end
    var facts = factsOf(file.header("X-Transfer")).jsonPath();

    assertThat(file.header("Content-Length")).isEqualTo(facts.getString("bytes"));
    assertThat(sha256(content)).isEqualTo(facts.getString("SHA-256"));
    assertThat(facts.<String>get("'sent by'")).isEqualTo("sendFile");
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

  /** The last byte may be here before the server has noted the end of the transfer. */
  private Response factsOf(String transfer) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      Response facts =
          given()
              .accept("application/json")
              .queryParam("transfer", transfer)
              .get(url + "/download/facts");
      if (facts.statusCode() == 200 || System.nanoTime() > end) {
        return facts;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static String sha256(byte[] bytes) {
    Sha256 digest = new Sha256();
    digest.add(bytes, bytes.length);
    return digest.hex();
  }
}
