package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.http.HttpContext;

/** A client that leaves while the application runs: with its answer, or half of it (A4, A5, A8). */
final class DepartureTest {

  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final CompletableFuture<String> told = new CompletableFuture<>();
  private final CompletableFuture<String> completed = new CompletableFuture<>();
  private TestHost host;

  @BeforeEach
  void start() throws Exception {
    host = TestHost.start(this::handle);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private void handle(HttpContext context) throws Exception {
    CompletableFuture<Void> aborted = context.aborted().toCompletableFuture();
    context
        .response()
        .onCompleted(
            () -> completed.complete(context.isAborted() + " " + context.response().status()));
    switch (context.request().path()) {
      case "/stalled" -> stall(context);
      case "/slow" -> told.complete(aborts(aborted, 20_000));
      default -> answer(context, aborted);
    }
  }

  private void answer(HttpContext context, CompletableFuture<Void> aborted) throws Exception {
    context.response().write("all of it");
    context.response().complete();
    sent.complete(null);
    Http2Client.await(left);
    told.complete(aborts(aborted, 1200)); // longer than it takes to look
  }

  private static String aborts(CompletableFuture<Void> aborted, int millis) throws Exception {
    try {
      aborted.get(millis, TimeUnit.MILLISECONDS);
      return "aborted";
    } catch (TimeoutException e) {
      return "not aborted";
    }
  }

  /** The last write waits for a client that takes no more. */
  private void stall(HttpContext context) throws Exception {
    context.response().body().write(new byte[Http2Client.WINDOW]);
    context.response().flush();
    context.response().write("the rest");
    sent.complete(null);
    context.response().complete();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a4_ofHttp1(boolean resets) throws Exception {
    RawClient client = host.connect().get("/");
    assertThat(client.answer()).endsWith("all of it");
    Http2Client.await(sent);
    if (resets) {
      client.reset();
    } else {
      client.close();
    }
    leftWithItsAnswer();
  }

  @ParameterizedTest
  @CsvSource({"GET,true", "GET,false", "POST,true", "POST,false"})
  void a4_ofHttp2(String method, boolean resets) throws Exception {
    try (Http2Client client = new Http2Client(host.address())) {
      boolean ended = method.equals("GET");
      Http2Client.Request request = client.send(method, "/", HttpFields.EMPTY, ended, true);
      assertThat(request.text()).isEqualTo("all of it");
      Http2Client.await(sent);
      if (resets) {
        request.cancel();
      } else {
        client.vanish();
      }
      leftWithItsAnswer();
    }
  }

  private void leftWithItsAnswer() throws Exception {
    left.complete(null);
    assertThat(Http2Client.await(told)).isEqualTo("not aborted");
    assertThat(Http2Client.await(completed)).isEqualTo("false 200");
  }

  @Test
  void a5_whoLeavesALastWriteWaitingAborts() throws Exception {
    try (Http2Client client = new Http2Client(host.address())) {
      Http2Client.Request request = client.send("GET", "/stalled", HttpFields.EMPTY, true, false);
      request.head();
      Http2Client.await(sent);
      client.vanish();
      assertThat(Http2Client.await(completed)).startsWith("true");
    }
  }

  /** Jetty ends a last write well at times that waits when its stream is reset; it ends at once. */
  @Test
  void a5_aResetEndsALastWriteThatWaits() throws Exception {
    try (Http2Client client = new Http2Client(host.address())) {
      Http2Client.Request request = client.send("GET", "/stalled", HttpFields.EMPTY, true, false);
      request.head();
      Http2Client.await(sent);
      request.cancel();
      assertThat(Http2Client.await(completed)).endsWith(" 200");
    }
  }

  @Test
  void a8_whoOnlyHalfClosesIsTakenForGoneAfterAWhile() throws Exception {
    try (RawClient client = host.connect().get("/slow").endOutput()) {
      assertThat(client.readToEnd()).isEmpty();
      assertThat(Http2Client.await(told)).isEqualTo("aborted");
    }
  }
}
