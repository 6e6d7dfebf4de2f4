package org.pipebridge.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;

@Timeout(30)
final class InMemoryServerTest {

  @Test
  void anApplicationAnswersWithoutASocket() throws Exception {
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(c -> c.response().write(c.request().path() + c.request().queryString())))) {
      InMemoryResponse response = server.request("GET", "/a%20b?c=d").send();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEqualTo("/a b?c=d");
      assertThat(response.isComplete()).isTrue();
      assertThat(response.headers().first("Content-Length")).isEqualTo("8");
      assertThat(response.headers().values("Date")).hasSize(1);
    }
  }

  @Test
  void contentReachesTheApplication() throws Exception {
    try (var server =
        InMemoryServer.running(
            app -> app.run(c -> c.response().write(c.request().body().readAllBytes())))) {
      assertThat(server.request("POST", "/").content("hello").send().text()).isEqualTo("hello");
    }
  }

  @Test
  void contentMayComeLater() throws Exception {
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      c.response().write(new byte[] {(byte) c.request().body().read()});
                      c.response().flush();
                      c.response().write(c.request().body().readAllBytes());
                    }))) {
      InMemoryExchange exchange = server.request("POST", "/").openContent().begin();
      exchange.write("he".getBytes(StandardCharsets.UTF_8));
      assertThat(exchange.read(1)).asString(StandardCharsets.UTF_8).isEqualTo("h");
      exchange.write("llo".getBytes(StandardCharsets.UTF_8));
      exchange.end();
      assertThat(exchange.response().text()).isEqualTo("hello");
    }
  }

  @Test
  void t5_trailersGoBothWaysAndOnHttp2BesideALength() throws Exception {
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      byte[] content = c.request().body().readAllBytes();
                      c.response().setContentLength(content.length);
                      c.response().write(content);
                      c.response().appendTrailer("X-T", c.request().trailers().first("X-T") + "!");
                    }))) {
      InMemoryRequest request = server.request("POST", "/").protocol("HTTP/2").trailer("X-T", "a");
      InMemoryExchange exchange = request.openContent().begin();
      exchange.write("hello".getBytes(StandardCharsets.UTF_8));
      exchange.end();
      InMemoryResponse response = exchange.response();
      assertThat(response.text()).isEqualTo("hello");
      assertThat(response.trailers().values("X-T")).containsExactly("a!");
    }
  }

  @Test
  void aTestSeesAndPreparesTheContext() throws Exception {
    AtomicReference<Object> status = new AtomicReference<>();
    try (var server =
        InMemoryServer.running(
            app -> app.run(c -> c.response().setStatus((Integer) c.items().get("status"))))) {
      InMemoryExchange exchange =
          server
              .request("GET", "/")
              .prepare(
                  c -> {
                    c.items().put("status", 202);
                    c.response().onCompleted(() -> status.set(c.response().status()));
                  })
              .begin();
      assertThat(exchange.status()).isEqualTo(202);
      exchange.awaitOver();
      assertThat(status).hasValue(202);
    }
  }

  @Test
  void aFailureIsAnEmpty500() throws Exception {
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      throw new IllegalStateException("application failed");
                    }))) {
      InMemoryResponse response = server.request("GET", "/").send();
      assertThat(response.status()).isEqualTo(500);
      assertThat(response.content()).isEmpty();
      assertThat(response.isComplete()).isTrue();
    }
  }

  @Test
  void anAbortedRequestHasNoResponse() throws Exception {
    try (var server = InMemoryServer.running(app -> app.run(HttpContext::abort))) {
      InMemoryResponse response = server.request("GET", "/").send();
      assertThat(response.status()).isZero();
      assertThat(response.isComplete()).isFalse();
    }
  }

  @Test
  void aClientThatGoesAwayAbortsTheRequest() throws Exception {
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      try {
                        c.request().body().read();
                      } catch (RequestAbortedException e) {
                        seen.complete(e);
                        throw e;
                      }
                    }))) {
      InMemoryExchange exchange = server.request("POST", "/").openContent().begin();
      exchange.disconnect();
      assertThat(seen.get(10, TimeUnit.SECONDS)).isInstanceOf(RequestAbortedException.class);
      exchange.awaitOver();
    }
  }

  @Test
  void aWriterWaitsForASlowClient() throws Exception {
    CompletableFuture<Void> written = new CompletableFuture<>();
    byte[] content = new byte[1024 * 1024];
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      for (int i = 0; i < 1024; i++) {
                        c.response().write(new byte[1024]);
                      }
                      written.complete(null);
                    }))) {
      InMemoryExchange exchange = server.request("GET", "/").begin();
      assertThat(exchange.read(10)).hasSize(10);
      assertThat(written).isNotDone();
      assertThat(exchange.response().content()).isEqualTo(content);
      assertThat(written).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void stoppingAbortsWhatRuns() throws Exception {
    CompletableFuture<HttpContext> running = new CompletableFuture<>();
    var server =
        InMemoryServer.running(
            app ->
                app.runAsync(
                    c -> {
                      running.complete(c);
                      return c.aborted();
                    }));
    InMemoryExchange exchange = server.request("GET", "/").begin();
    HttpContext context = running.get(10, TimeUnit.SECONDS);
    server.close();
    exchange.awaitOver();
    assertThat(context.isAborted()).isTrue();
    assertThat(exchange.response().isComplete()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> server.request("GET", "/").begin());
  }

  @Test
  void aRequestThatIsOverCannotBeUsed() throws Exception {
    AtomicReference<HttpContext> kept = new AtomicReference<>();
    AtomicReference<HttpRequestFeature> feature = new AtomicReference<>();
    try (var server =
        InMemoryServer.running(
            app ->
                app.run(
                    c -> {
                      kept.set(c);
                      feature.set(c.features().require(HttpRequestFeature.class));
                    }))) {
      server.request("GET", "/").begin().awaitOver();
      assertThatIllegalStateException().isThrownBy(() -> kept.get().request());
      assertThatIllegalStateException().isThrownBy(() -> kept.get().connection().remotePort());
      assertThatIllegalStateException().isThrownBy(() -> feature.get().path());
      assertThatIllegalStateException().isThrownBy(() -> feature.get().headers().first("Host"));
    }
  }

  @Test
  void theStatesOfAServerAreOneWay() {
    var server = new InMemoryServer();
    assertThatIllegalStateException().isThrownBy(() -> server.request("GET", "/").begin());
    assertThatIllegalArgumentException().isThrownBy(() -> server.stop(Duration.ofSeconds(-1)));
    server.stop(Duration.ZERO);
    server.stop(Duration.ZERO);
    assertThatIllegalStateException()
        .isThrownBy(() -> server.start(new PipelineApplication(c -> c.aborted())));
  }
}
