package org.pipebridge.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.pipeline.RequestDelegate;

/** A stream of HTTP/2 that fails, from either side, and the streams beside it that do not. */
final class Http2AbortTest {

  private static final int INTERNAL_ERROR = 2;

  private final CompletableFuture<String> told = new CompletableFuture<>();
  private final AtomicReference<Handler> application = new AtomicReference<>();
  private TestHost host;
  private Http2Client client;

  @BeforeEach
  void start() throws Exception {
    host = TestHost.startFailing(this::handle);
    client = new Http2Client(host.address());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    host.close();
  }

  private void handle(HttpContext context) throws Exception {
    if (context.request().path().equals("/ping")) {
      context.response().write("pong");
    } else {
      application.get().handle(context);
    }
  }

  @Test
  void r11_aFailureAfterTheStartResetsTheStream() throws Exception {
    application.set(
        context -> {
          context.response().write("some");
          context.response().flush();
          throw new IllegalStateException("on purpose");
        });
    Http2Client.Request request = client.get("/");
    assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
    assertThat(request.isComplete()).isFalse();
    othersLive();
  }

  @Test
  void r12_aFailureBeforeTheStartIsAnEmpty500() throws Exception {
    application.set(
        context -> {
          context.response().headers().set("X-Own", "dropped");
          throw new IllegalStateException("on purpose");
        });
    Http2Client.Request request = client.get("/");
    assertThat(request.head().getStatus()).isEqualTo(500);
    assertThat(request.head().getHttpFields().contains("X-Own")).isFalse();
    assertThat(request.text()).isEmpty();
    othersLive();
  }

  @Test
  void r43_tooLittleContentResetsTheStream() throws Exception {
    application.set(
        context -> {
          context.response().setContentLength(10);
          context.response().write("some");
          context.response().flush();
        });
    Http2Client.Request request = client.get("/");
    assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
    assertThat(request.isComplete()).isFalse();
    othersLive();
  }

  @Test
  void a1_anAbortBeforeTheStartSendsNothing() throws Exception {
    application.set(HttpContext::abort);
    Http2Client.Request request = client.get("/");
    assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
    assertThat(request.hasHead()).isFalse();
    othersLive();
  }

  @Test
  void a2_anAbortEndsAReadThatWaits() throws Exception {
    application.set(
        context -> {
          abortSoon(context);
          try {
            told.complete("read " + context.request().body().read());
          } catch (RequestAbortedException e) {
            told.complete("aborted");
          }
        });
    Http2Client.Request request = client.send("POST", "/", HttpFields.EMPTY, false, true);
    assertThat(Http2Client.await(told)).isEqualTo("aborted");
    assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
    othersLive();
  }

  @Test
  void a2_anAbortEndsAWriteThatWaits() throws Exception {
    application.set(
        context -> {
          abortSoon(context);
          try {
            while (true) {
              context.response().body().write(new byte[32 * 1024]);
            }
          } catch (RequestAbortedException e) {
            told.complete("aborted");
          }
        });
    Http2Client.Request request = client.send("GET", "/", HttpFields.EMPTY, true, false);
    assertThat(Http2Client.await(told)).isEqualTo("aborted");
    assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a3_aClientThatResetsOrLeavesIsNoticed(boolean resets) throws Exception {
    Soon.assertSoon(() -> noticing(resets));
  }

  private Duration noticing(boolean resets) throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Long> aborted = new CompletableFuture<>();
    CompletableFuture<Boolean> isAborted = new CompletableFuture<>();
    application.set(
        context -> {
          context.aborted().thenRun(() -> aborted.complete(System.nanoTime()));
          begun.complete(null);
          aborted.get(20, SECONDS);
          isAborted.complete(context.isAborted());
        });
    try (Http2Client leaving = new Http2Client(host.address())) {
      Http2Client.Request request = leaving.get("/");
      Http2Client.await(begun);
      long before = System.nanoTime();
      if (resets) {
        request.cancel();
      } else {
        leaving.vanish();
      }
      long noticed = Http2Client.await(aborted);
      assertThat(Http2Client.await(isAborted)).isTrue();
      if (resets) {
        assertThat(leaving.get("/ping").text()).isEqualTo("pong");
      }
      return Duration.ofNanos(noticed - before);
    }
  }

  @Test
  void a3_aResetIsNoticedByAReadThatWaits() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    application.set(
        context -> {
          begun.complete(null);
          try {
            told.complete("read " + context.request().body().read());
          } catch (RequestAbortedException e) {
            told.complete("aborted " + context.isAborted());
          }
        });
    Http2Client.Request request = client.send("POST", "/", HttpFields.EMPTY, false, true);
    Http2Client.await(begun);
    request.cancel();
    assertThat(Http2Client.await(told)).isEqualTo("aborted true");
    othersLive();
  }

  @Test
  void a5_anEndlessProducerLearnsOfAReset() throws Exception {
    application.set(
        context -> {
          try {
            while (true) {
              context.response().write("more ");
              context.response().flush();
            }
          } catch (RequestAbortedException e) {
            told.complete("aborted " + context.isAborted());
          }
        });
    Http2Client.Request request = client.get("/");
    request.head();
    request.cancel();
    assertThat(Http2Client.await(told)).isEqualTo("aborted true");
    othersLive();
  }

  @Test
  void a1_amongManyStreamsOnlyThoseThatAreAbortedEnd() throws Exception {
    application.set(
        context -> {
          context.response().write("begun ");
          context.response().flush();
          switch (context.request().path()) {
            case "/abort" -> context.abort();
            case "/cancel" -> context.aborted().toCompletableFuture().get(10, SECONDS);
            default -> context.response().write("whole");
          }
        });
    List<Http2Client.Request> aborted = new ArrayList<>();
    List<Http2Client.Request> cancelled = new ArrayList<>();
    List<Http2Client.Request> whole = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      aborted.add(client.get("/abort"));
      cancelled.add(client.get("/cancel"));
      whole.add(client.get("/whole"));
    }
    for (Http2Client.Request request : cancelled) {
      request.head();
      request.cancel();
    }
    for (Http2Client.Request request : aborted) {
      assertThat(request.reset()).isEqualTo(INTERNAL_ERROR);
      assertThat(request.isComplete()).isFalse();
    }
    for (Http2Client.Request request : whole) {
      assertThat(request.text()).isEqualTo("begun whole");
    }
    othersLive();
  }

  @Test
  void r32_anAnswerToHeadHasNoContentAndNoLengthOfItsOwn() throws Exception {
    application.set(context -> context.response().write("content"));
    Http2Client.Request request = client.send("HEAD", "/", HttpFields.EMPTY, true, true);
    assertThat(request.text()).isEmpty();
    assertThat(request.head().getStatus()).isEqualTo(200);
    assertThat(request.head().getHttpFields().get("content-length")).isNotEqualTo("0");
  }

  @Test
  void stagesFailAsBlockingCodeDoes() throws Exception {
    CompletableFuture<Void> failing = new CompletableFuture<>();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> aborted = new CompletableFuture<>();
    RequestDelegate stages =
        context -> {
          switch (context.request().path()) {
            case "/broken" -> {
              context.response().write("some");
              context.response().flush();
              return failing;
            }
            case "/waiting" -> {
              begun.complete(null);
              return context.aborted().thenRun(() -> aborted.complete(null));
            }
            default -> {
              return CompletableFuture.runAsync(context::abort);
            }
          }
        };
    try (TestHost other = TestHost.startFailingAsync(stages);
        Http2Client connection = new Http2Client(other.address())) {
      Http2Client.Request waiting = connection.get("/waiting");
      Http2Client.await(begun);
      Http2Client.Request broken = connection.get("/broken");
      broken.head();
      failing.completeExceptionally(new IllegalStateException("on purpose"));
      assertThat(broken.reset()).isEqualTo(INTERNAL_ERROR);
      assertThat(broken.isComplete()).isFalse();
      Http2Client.Request abort = connection.get("/abort");
      assertThat(abort.reset()).isEqualTo(INTERNAL_ERROR);
      assertThat(abort.hasHead()).isFalse();
      assertThat(aborted).isNotDone();
      waiting.cancel();
      Http2Client.await(aborted);
    }
  }

  private static void abortSoon(HttpContext context) {
    CompletableFuture.runAsync(
        context::abort,
        CompletableFuture.delayedExecutor(100, java.util.concurrent.TimeUnit.MILLISECONDS));
  }

  private void othersLive() throws Exception {
    assertThat(client.get("/ping").text()).isEqualTo("pong");
  }
}
