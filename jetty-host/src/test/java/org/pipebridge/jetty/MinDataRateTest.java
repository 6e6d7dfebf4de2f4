package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HttpMinDataRateFeature;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;

/** Clients that send or take content too slowly (F48). */
final class MinDataRateTest {

  /** Nobody is so fast: whoever is waited for is too slow. */
  private static final Rate AT_ONCE = new Rate(1e12, Duration.ofMillis(100));

  private static final Rate PATIENT = new Rate(1000, Duration.ofMinutes(1));

  private static HttpMinDataRateFeature rates(HttpContext context) {
    return context.features().require(HttpMinDataRateFeature.class);
  }

  @Test
  void l12_nothingIsWatchedUnlessItIsWanted() throws Exception {
    try (TestHost host =
        TestHost.start(
            context -> {
              HttpMinDataRateFeature rates = rates(context);
              context.response().write(rates.requestRate() + " " + rates.responseRate());
            })) {
      assertThat(host.connect().get("/").answer()).endsWith("null null");
    }
  }

  @Test
  void l12_aReadFromASlowClientIsRefused() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (TestHost host =
            TestHost.startFailing(
                context -> {
                  rates(context).setRequestRate(AT_ONCE);
                  try {
                    context.request().body().readAllBytes();
                    thrown.complete(null);
                  } catch (Exception e) {
                    thrown.complete(e);
                    throw e;
                  }
                });
        RawClient client = host.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhello");
      assertThat(client.readToEnd())
          .startsWith("HTTP/1.1 408 Request Timeout")
          .contains("\r\nConnection: close\r\n", "\r\nContent-Length: 0\r\n");
      assertThat(thrown.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              BadHttpRequestException.class, e -> assertThat(e.status()).isEqualTo(408));
    }
  }

  @Test
  void l12_anAsynchronousReadFromASlowClientIsRefused() throws Exception {
    try (TestHost host =
            TestHost.startFailing(
                context -> {
                  rates(context).setRequestRate(AT_ONCE);
                  context.response().setStatus(202);
                  context.request().read(ByteBuffer.allocate(8)).toCompletableFuture().get();
                  context.request().read(ByteBuffer.allocate(8)).toCompletableFuture().get();
                });
        RawClient client = host.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhello");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 Request Timeout");
    }
  }

  @Test
  void l12_theServersOwnRatesHoldForEachRequest() throws Exception {
    MinDataRates rates = new MinDataRates(AT_ONCE, new Rate(1, Duration.ofMinutes(1)));
    try (TestHost host =
            TestHost.start(
                JettyOptions.DEFAULT.withMinDataRates(rates),
                context -> {
                  HttpMinDataRateFeature own = rates(context);
                  assertThat(own.requestRate()).isEqualTo(rates.request());
                  assertThat(own.responseRate()).isEqualTo(rates.response());
                  if (context.request().path().equals("/patient")) {
                    own.setRequestRate(null);
                  }
                  byte[] content = context.request().body().readAllBytes();
                  context.response().write("read " + content.length);
                });
        RawClient client = host.connect()) {
      client.send("POST /patient HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
      client.send("hello");
      assertThat(client.answer()).endsWith("read 5");
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhello");
      assertThat(client.readToEnd()).startsWith("HTTP/1.1 408 Request Timeout");
    }
  }

  @Test
  void l12_aSlowReaderOfAResponseIsAborted() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CompletableFuture<Void> aborted = new CompletableFuture<>();
    try (TestHost host =
            TestHost.start(
                context -> {
                  rates(context).setResponseRate(AT_ONCE);
                  context.aborted().thenRun(() -> aborted.complete(null));
                  byte[] piece = new byte[64 * 1024];
                  try {
                    while (true) {
                      context.response().body().write(piece);
                    }
                  } catch (Exception e) {
                    thrown.complete(e);
                  }
                });
        RawClient client = host.connect()) {
      client.get("/");
      aborted.get(10, TimeUnit.SECONDS);
      assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(RequestAbortedException.class);
    }
  }

  @Test
  void l12_aRateHoldsForOneRequest() throws Exception {
    CompletableFuture<HttpMinDataRateFeature> kept = new CompletableFuture<>();
    try (TestHost host =
            TestHost.start(
                context -> {
                  HttpMinDataRateFeature rates = rates(context);
                  kept.complete(rates);
                  if (context.request().path().equals("/watched")) {
                    rates.setRequestRate(PATIENT);
                    rates.setResponseRate(PATIENT);
                    assertThat(rates.requestRate()).isEqualTo(PATIENT);
                    assertThat(rates.responseRate()).isEqualTo(PATIENT);
                  }
                  byte[] content = context.request().body().readAllBytes();
                  context.response().write(content.length + " " + rates.requestRate());
                });
        RawClient client = host.connect()) {
      client.send("POST /watched HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.answer()).endsWith("5 " + PATIENT);
      client.send("POST /next HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
      client.send("hello");
      assertThat(client.answer()).as("each request begins anew").endsWith("5 null");
      assertThatThrownBy(() -> kept.join().requestRate()).isInstanceOf(IllegalStateException.class);
    }
  }
}
