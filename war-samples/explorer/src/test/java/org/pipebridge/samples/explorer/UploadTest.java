package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.test.InMemoryExchange;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class UploadTest {

  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private InMemoryServer server;

  @BeforeEach
  void start() throws Exception {
    server = InMemoryServer.running(new ExplorerStartup());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void contentIsCountedAndHashedAsItComes() {
    InMemoryExchange upload =
        server
            .request("POST", "/upload")
            .header("Accept", "application/json")
            .openContent()
            .begin();
    upload.write("a".getBytes(StandardCharsets.UTF_8));
    upload.write("bc".getBytes(StandardCharsets.UTF_8));
    upload.end();

    InMemoryResponse answer = upload.response();
    assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).startsWith("{\"bytes\":\"3\",\"SHA-256\":\"" + SHA256_OF_ABC + '"');
    assertThat(answer.text()).contains("\"reads\":\"", "HttpRequestBodyFeature");
  }

  @Test
  void peopleGetAPage() {
    InMemoryResponse page = server.request("POST", "/upload").content("abc").send();

    assertThat(page.headers().first("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.text()).contains("<h1>Your content arrived</h1>", SHA256_OF_ABC);
  }

  @Test
  void moreThanTheServersUsualLimitIsTaken() {
    byte[] content = new byte[30_000_001];

    assertThat(server.request("POST", "/upload").content(content).send().text())
        .contains("30000001");
  }

  @Test
  void otherMethodsAreRefused() {
    InMemoryResponse answer = server.request("GET", "/upload").send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().first("Allow")).isEqualTo("POST");
  }
}
