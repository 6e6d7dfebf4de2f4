package org.pipebridge.samples.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.test.InMemoryResponse;
import org.pipebridge.test.InMemoryServer;

final class DownloadTest {

  private final InMemoryServer server = new InMemoryServer();
  private final WebHost host =
      WebHost.builder().server(server).startup(new ExplorerStartup()).build();

  @BeforeEach
  void start() throws Exception {
    host.start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void bothWaysSendTheFileThatTheFactsTellAbout() {
    for (String by : new String[] {"file", "copy"}) {
      InMemoryResponse file = get("/download?by=" + by);

      assertThat(file.status()).isEqualTo(200);
      assertThat(file.headers().first("Content-Disposition"))
          .isEqualTo("attachment; filename=\"pipebridge-sample.bin\"");
      assertThat(file.headers().first("Accept-Ranges")).isEqualTo("none");
      Sha256 digest = new Sha256();
      digest.add(file.content(), file.content().length);
      assertThat(get("/download/facts").text())
          .contains(digest.hex(), "<code>" + file.content().length + "</code>");
    }
  }

  @Test
  void aTransferThatIsOverIsToldAbout() {
    String id = get("/download?by=copy").headers().first("X-Transfer");

    assertThat(get("/download/facts?transfer=" + id).text())
        .contains("copy through a stream", "all bytes accepted", "HttpResponseBodyFeature");
  }

  @Test
  void aTransferUnderWayIsKnown() {
    List<Integer> statuses = new ArrayList<>();
    String id =
        server
            .request("GET", "/download")
            .prepare(
                context ->
                    context
                        .response()
                        .onStarting(() -> statuses.add(statusOf(context.traceIdentifier()))))
            .send()
            .headers()
            .first("X-Transfer");
    statuses.add(statusOf(id));

    assertThat(statuses).containsExactly(202, 200);
  }

  @Test
  void onlyTheLatestTransfersAreKept() {
    String first = get("/download").headers().first("X-Transfer");
    String last = first;
    for (int i = 0; i < 16; i++) {
      last = server.request("HEAD", "/download").send().headers().first("X-Transfer");
    }

    assertThat(statusOf(last)).isEqualTo(200);
    assertThat(statusOf(first)).isEqualTo(404);
  }

  @Test
  void theFileIsMadeOnceAndGoneWithTheApplication() throws Exception {
    SampleFile file = SampleFile.of(host.serverFeatures());
    Path path = file.get().path();

    assertThat(path).exists();
    assertThat(file.get().path()).isEqualTo(path);
    host.stop();
    assertThat(path).doesNotExist();
    assertThatThrownBy(file::get).isInstanceOf(IllegalStateException.class);
  }

  private int statusOf(String transfer) {
    return get("/download/facts?transfer=" + transfer).status();
  }

  private InMemoryResponse get(String target) {
    return server.request("GET", target).send();
  }
}
