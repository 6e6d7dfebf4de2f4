package org.pipebridge.test.servlets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.feature.HttpStreamIdFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.test.LoopbackCertificate;

/** HTTP/2 in containers of somebody else, as the client of the JDK sees it. */
final class ServletHttp2Test {

  @TempDir static Path folder;
  private static LoopbackCertificate certificate;
  private static SSLContext tls;

  @BeforeAll
  static void makeACertificate() throws Exception {
    certificate = LoopbackCertificate.make(folder);
    tls = certificate.context();
  }

  @Test
  void f42_tomcatShowsTheStream() throws Exception {
    TlsContainers.tomcat(folder, certificate, pipeline(), true, port -> keepsTheRules(port, true));
  }

  @Test
  void f42_undertowShowsNoStream() throws Exception {
    TlsContainers.undertow(certificate, pipeline(), true, port -> keepsTheRules(port, false));
  }

  @Test
  void r11_tomcatBreaksTheStreamWithoutAsync() throws Exception {
    TlsContainers.tomcat(folder, certificate, pipeline(), false, ServletHttp2Test::breaks);
  }

  @Test
  void r11_undertowBreaksTheStreamWithoutAsync() throws Exception {
    TlsContainers.undertow(certificate, pipeline(), false, ServletHttp2Test::breaks);
  }

  private static PipelineServlet pipeline() {
    return new PipelineServlet(ServletHttp2Test::configure);
  }

  private static void configure(ApplicationBuilder app) {
    app.map("/tell", tell -> tell.run(ServletHttp2Test::tell));
    app.map("/port", port -> port.run(ServletHttp2Test::tellPort));
    app.map(
        "/echo",
        echo ->
            echo.run(context -> context.request().body().transferTo(context.response().body())));
    app.map("/broken", broken -> broken.run(ServletHttp2Test::breakOff));
    app.map(
        "/later",
        later ->
            later.runAsync(
                context -> {
                  context.response().write("some");
                  context.response().flush();
                  return CompletableFuture.runAsync(context::abort);
                }));
    app.map("/abort", abort -> abort.run(HttpContext::abort));
  }

  private static void breakOff(HttpContext context) throws Exception {
    context.response().write("some");
    context.response().flush();
    context.abort();
  }

  private static void tellPort(HttpContext context) throws Exception {
    context.response().write(Integer.toString(context.connection().remotePort()));
  }

  private static void tell(HttpContext context) throws Exception {
    Headers headers = context.response().headers();
    headers.set("Connection", "close");
    headers.set("Keep-Alive", "x");
    headers.set("Transfer-Encoding", "gzip");
    headers.set("X-Own", "kept");
    HttpStreamIdFeature stream = context.features().get(HttpStreamIdFeature.class);
    boolean reset = context.features().get(HttpResetFeature.class) != null;
    context
        .response()
        .write(
            String.join(
                " ",
                context.request().protocol(),
                context.request().scheme(),
                context.request().host().value(),
                stream == null ? "none" : "stream " + stream.streamId(),
                Boolean.toString(reset)));
  }

  /**
   * What a container shows of a stream (F42), of its authority (C5), and keeps to itself (V9), and
   * how it ends (R11).
   */
  private static void keepsTheRules(int port, boolean numbered) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    String authority = "localhost:" + port;
    URI base = URI.create("https://" + authority);
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> told = client.send(get(base.resolve("/tell")), BodyHandlers.ofString());
      assertThat(told.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(told.body()).startsWith("HTTP/2 https " + authority + " ").endsWith(" false");
      numbers.add(told.body());
      assertThat(told.headers().map())
          .containsKey("x-own")
          .doesNotContainKeys("connection", "keep-alive", "transfer-encoding");
    }
    assertThat(numbers).hasSize(numbered ? 2 : 1);
    byte[] content = new byte[300_000];
    HttpRequest echo =
        HttpRequest.newBuilder(base.resolve("/echo"))
            .POST(BodyPublishers.ofByteArray(content))
            .build();
    assertThat(client.send(echo, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
    breaks(base, client);
    assertThat(client.send(get(base.resolve("/none")), BodyHandlers.ofString()).statusCode())
        .isEqualTo(404);
  }

  private static void breaks(int port) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    URI base = URI.create("https://localhost:" + port);
    breaks(base, client);
  }

  /** A response that fails resets its stream (R11, A1), and its connection goes on. */
  private static void breaks(URI base, HttpClient client) throws Exception {
    String port = clientPort(base, client);
    for (String broken : List.of("/broken", "/later", "/abort")) {
      assertThatIOException()
          .as(broken)
          .isThrownBy(() -> client.send(get(base.resolve(broken)), BodyHandlers.ofString()));
    }
    assertThat(clientPort(base, client)).as("the port of the connection").isEqualTo(port);
  }

  /** The port from which a client's connection comes, since the client makes others as it likes. */
  private static String clientPort(URI base, HttpClient client) throws Exception {
    HttpResponse<String> told = client.send(get(base.resolve("/port")), BodyHandlers.ofString());
    assertThat(told.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return told.body();
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }
}
