package org.pipebridge.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pipebridge.feature.HttpResetFeature;
import org.pipebridge.feature.HttpStreamIdFeature;
import org.pipebridge.pipeline.Handler;

/** HTTP/2: how it is agreed on, and what differs from a connection of one's own. */
final class Http2Test {

  private static final Handler PROTOCOL =
      context -> context.response().write(context.request().protocol());

  @TempDir static Path folder;

  @Test
  void s28_overTlsItIsAgreedOn() throws Exception {
    JettyOptions options = options();
    try (TestHost host = TestHost.start(options, PROTOCOL)) {
      assertThat(ask(host, HttpClient.Version.HTTP_2)).isEqualTo("HTTP_2 HTTP/2");
      assertThat(ask(host, HttpClient.Version.HTTP_1_1)).isEqualTo("HTTP_1_1 HTTP/1.1");
    }
    try (TestHost host = TestHost.start(options.withHttp2(false), PROTOCOL)) {
      assertThat(ask(host, HttpClient.Version.HTTP_2)).isEqualTo("HTTP_1_1 HTTP/1.1");
    }
  }

  @Test
  void s28_withoutTlsAClientBeginsWithIt() throws Exception {
    try (TestHost host = TestHost.start(PROTOCOL);
        Http2Client client = new Http2Client(host.address())) {
      assertThat(client.get("/").text()).isEqualTo("HTTP/2");
    }
    try (TestHost host = TestHost.start(JettyOptions.DEFAULT.withHttp2(false), PROTOCOL)) {
      assertThat(host.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
    }
  }

  @Test
  void s28_theUpgradeFromHttp1IsNotOffered() throws Exception {
    try (TestHost host = TestHost.start(PROTOCOL)) {
      assertThat(ask(host, HttpClient.Version.HTTP_2)).isEqualTo("HTTP_1_1 HTTP/1.1");
    }
  }

  @Test
  void f42_aStreamHasANumber() throws Exception {
    Handler application =
        context -> {
          HttpStreamIdFeature stream = context.features().get(HttpStreamIdFeature.class);
          HttpResetFeature reset = context.features().get(HttpResetFeature.class);
          context
              .response()
              .write((stream == null ? "none" : stream.streamId()) + " " + (reset != null));
        };
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      for (int i = 0; i < 3; i++) {
        Http2Client.Request request = client.get("/");
        assertThat(request.text()).isEqualTo(request.id() + " true");
      }
      assertThat(ask(host, HttpClient.Version.HTTP_1_1)).isEqualTo("HTTP_1_1 none false");
    }
  }

  @Test
  void f41_aResetHasTheCodeAndAbortsThatRequestAlone() throws Exception {
    CompletableFuture<Boolean> aborted = new CompletableFuture<>();
    Handler application =
        context -> {
          if (context.request().path().equals("/other")) {
            aborted.get(10, SECONDS);
            context.response().write("alive");
            return;
          }
          context.response().write("some");
          context.response().flush();
          context.features().require(HttpResetFeature.class).reset(0xFFFF_FFF0L);
          aborted.complete(context.isAborted());
        };
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      Http2Client.Request other = client.get("/other");
      Http2Client.Request request = client.get("/");
      assertThat(request.reset()).isEqualTo(0xFFFF_FFF0);
      assertThat(request.isComplete()).isFalse();
      assertThat(aborted.get()).isTrue();
      assertThat(other.text()).isEqualTo("alive");
    }
  }

  @Test
  void f41_aCodeHas32Bits() throws Exception {
    Handler application =
        context -> {
          HttpResetFeature reset = context.features().require(HttpResetFeature.class);
          for (long code : new long[] {-1, 0x1_0000_0000L}) {
            try {
              reset.reset(code);
            } catch (IllegalArgumentException e) {
              context.response().write("refused ");
            }
          }
        };
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      assertThat(client.get("/").text()).isEqualTo("refused refused ");
    }
  }

  @Test
  void c5_theAuthorityIsTheHost() throws Exception {
    Handler application =
        context ->
            context
                .response()
                .write(
                    String.join(
                        " ",
                        context.request().host().value(),
                        context.request().scheme(),
                        context.request().rawTarget(),
                        context.request().path()));
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      assertThat(client.get("/a%20b/../c?d").text())
          .isEqualTo(URI.create(host.address()).getAuthority() + " http /a%20b/../c?d /c");
    }
  }

  @Test
  void f20_theSchemeIsThatOfTheTransportWhateverTheClientClaims() throws Exception {
    Handler application = context -> context.response().write(context.request().scheme());
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      assertThat(client.claimTls("/").text()).isEqualTo("http");
      assertThat(host.exchange("GET https://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("\r\n\r\nhttp");
    }
    try (TestHost host = TestHost.start(options(), application)) {
      assertThat(ask(host, HttpClient.Version.HTTP_2)).isEqualTo("HTTP_2 https");
    }
  }

  @Test
  void v9_nothingOfAConnectionGoesOut() throws Exception {
    Handler application =
        context -> {
          var headers = context.response().headers();
          headers.set("Transfer-Encoding", "gzip");
          headers.set("Keep-Alive", "x");
          headers.set("Connection", "close");
          headers.set("Upgrade", "x");
          headers.set("Proxy-Connection", "x");
          headers.set("X-Own", "kept");
          context.response().write("content");
        };
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      for (int i = 0; i < 2; i++) {
        Http2Client.Request request = client.get("/");
        assertThat(request.head().getHttpFields())
            .extracting(HttpField::getName)
            .allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)))
            .doesNotContain("transfer-encoding", "keep-alive", "connection", "upgrade")
            .doesNotContain("proxy-connection", "server")
            .contains("x-own", "date");
        assertThat(request.text()).isEqualTo("content");
      }
    }
  }

  @Test
  void q7_whatIsMalformedIsRefusedAsOnHttp1() throws Exception {
    try (TestHost host = TestHost.start(PROTOCOL);
        Http2Client client = new Http2Client(host.address())) {
      HttpFields.Mutable many = HttpFields.build();
      for (int i = 0; i < 101; i++) {
        many.add("x-" + i, "y");
      }
      assertThat(status(client, "GET", "/", many)).isEqualTo(431);
      assertThat(status(client, "GET", "*", HttpFields.EMPTY)).isEqualTo(405);
      assertThat(status(client, "OPTIONS", "*", HttpFields.EMPTY)).isEqualTo(200);
    }
  }

  @Test
  void f29_theHeadTellsWhetherContentComes() throws Exception {
    Handler application =
        context -> {
          boolean before = context.request().canHaveBody();
          int length = context.request().body().readAllBytes().length;
          context.response().write(before + " " + length + " " + context.request().canHaveBody());
        };
    try (TestHost host = TestHost.start(application);
        Http2Client client = new Http2Client(host.address())) {
      assertThat(client.get("/").text()).isEqualTo("false 0 false");
      Http2Client.Request request = client.send("POST", "/", HttpFields.EMPTY, false, true);
      request.data("abc", true);
      assertThat(request.text()).isEqualTo("true 3 true");
    }
  }

  @Test
  void q30_contentThatNobodyReadsDoesNotHinder() throws Exception {
    try (TestHost host = TestHost.start(PROTOCOL);
        Http2Client client = new Http2Client(host.address())) {
      Http2Client.Request request = client.send("POST", "/", HttpFields.EMPTY, false, true);
      assertThat(request.text()).isEqualTo("HTTP/2");
      assertThat(client.get("/").text()).isEqualTo("HTTP/2");
    }
  }

  @Test
  void s4_aStopLetsStreamsEndAndClosesWhatIsIdle() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    Handler application =
        context -> {
          begun.complete(null);
          goOn.get(60, SECONDS);
          context.response().write("whole");
        };
    TestHost host = TestHost.start(application);
    try (Http2Client client = new Http2Client(host.address());
        Http2Client idle = new Http2Client(host.address())) {
      Http2Client.Request request = client.get("/");
      Http2Client.await(begun);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(
              () -> host.host().stop(Duration.ofMinutes(1)), task -> new Thread(task).start());
      Http2Client.await(client.goAway());
      Http2Client.await(idle.closed());
      assertThat(stopped).isNotDone();
      goOn.complete(null);
      assertThat(request.text()).isEqualTo("whole");
      Http2Client.await(stopped);
      Http2Client.await(client.closed());
    }
  }

  private static int status(Http2Client client, String method, String path, HttpFields headers)
      throws Exception {
    return client.send(method, path, headers, true, true).head().getStatus();
  }

  private static JettyOptions options() throws Exception {
    Path store = Certificates.store(folder, "localhost", "EC", "-ext", "san=ip:127.0.0.1");
    return JettyOptions.DEFAULT.withTls(
        TlsOptions.of(TlsCertificate.keyStore(store, Certificates.PASSWORD)));
  }

  private static String ask(TestHost host, HttpClient.Version version) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(Certificates.trusting()).build();
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(host.address() + "/")).build(),
            BodyHandlers.ofString());
    return response.version() + " " + response.body();
  }
}
