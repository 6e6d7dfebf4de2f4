package org.pipebridge.test.war;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.hosting.Startup;

/** How an application lives in a container (S30, W8, W13, K202, K205, K207). */
@Timeout(60)
final class WarLifeTest {

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private WarTomcat tomcat;

  @BeforeEach
  void start() throws Exception {
    tomcat = new WarTomcat(Files.createDirectory(folder.resolve("tomcat")));
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.close();
  }

  @Test
  void s30_theContainerTellsItsAddresses() throws Exception {
    Context context = deploy(AddressesStartup.class);
    URI uri = tomcat.uri(context, "/");
    String addresses = "[http://127.0.0.1:" + uri.getPort() + "]";

    assertThat(get(uri).asString()).isEqualTo(addresses + " " + addresses + " unmodifiable");
  }

  @Test
  void s31_configuredUrlsDoNotHideWhatTheContainerTells() throws Exception {
    Path war = WarFolder.create(folder.resolve("war"), AddressesStartup.class);
    Files.writeString(
        war.resolve("WEB-INF/classes/pipebridge.properties"),
        "urls=http://shop.example;http://*:81\n");
    Context context = tomcat.deploy("/app", war);

    URI uri = tomcat.uri(context, "/");
    assertThat(get(uri).asString())
        .isEqualTo("[%1$s] [%1$s] unmodifiable", "http://127.0.0.1:" + uri.getPort());
  }

  @Test
  void w13_callbacksOnAStrangeThreadSeeTheLoaderOfTheApplication() throws Exception {
    Context context = deploy(LoaderStartup.class);

    var answer = get(tomcat.uri(context, "/"));
    assertThat(answer.header("X-Found")).isEqualTo("LoaderStartup");
    // what the application runs on a thread of its own is its own affair
    assertThat(answer.asString()).isEqualTo("none");
  }

  @Test
  void w8_aStreamThatWatchesStoppingEndsAtOnceWhenUndeployed() throws Exception {
    Context context = deploy(StreamStartup.class);
    HttpRequest request = HttpRequest.newBuilder(tomcat.uri(context, "/")).build();
    InputStream events = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    byte[] first = events.readNBytes("data: first\n\n".length());
    assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("data: first\n\n");

    Instant began = Instant.now();
    tomcat.undeploy(context);
    // what does not watch is given 30 seconds
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("data: last\n\n");
  }

  private Context deploy(Class<? extends Startup> startup) throws Exception {
    return tomcat.deploy("/app", WarFolder.create(folder.resolve("war"), startup));
  }
}
