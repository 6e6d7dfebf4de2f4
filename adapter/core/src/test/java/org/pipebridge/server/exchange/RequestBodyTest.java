package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;

/** Reading the content of a request within its limits (E4, F21, F28). */
final class RequestBodyTest {

  @Test
  void q20_theEndStaysTheEnd() {
    Trial.run(
        new RecordingTransport().withContent("abc"),
        context -> {
          InputStream body = context.request().body();
          assertThat(body.readAllBytes()).asString().isEqualTo("abc");
          assertThat(body.read()).isEqualTo(-1);
          assertThat(body.read()).isEqualTo(-1);
        });
  }

  @Test
  void q22_nothingIsReadBeforeTheFirstOperation() {
    Trial trial =
        Trial.run(new RecordingTransport().withContent("abc"), context -> context.request().body());
    assertThat(trial.transport.events).doesNotContain("read");
  }

  @Test
  void l1_aDeclaredLengthOverTheLimitFailsEachReadAndReadsNothing() {
    Trial trial =
        Trial.run(
            new RecordingTransport().withContent("abcdef").declaring(6),
            context -> {
              limit(context).setMaxRequestBodySize(OptionalLong.of(5));
              InputStream body = context.request().body();
              assertThatThrownBy(body::read).satisfies(e -> hasStatus(e, 413));
              assertThatThrownBy(body::read).satisfies(e -> hasStatus(e, 413));
            });
    assertThat(trial.transport.events).doesNotContain("read");
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 200 length=0 close");
  }

  @Test
  void l2_theReadThatCrossesFailsAndTheExactLimitPasses() {
    Trial.run(
        new RecordingTransport().withContent("abcdef"),
        context -> {
          limit(context).setMaxRequestBodySize(OptionalLong.of(6));
          assertThat(context.request().body().readAllBytes()).hasSize(6);
        });
    Trial.run(
        new RecordingTransport().withContent("abcdef"),
        context -> {
          limit(context).setMaxRequestBodySize(OptionalLong.of(5));
          assertThatThrownBy(() -> context.request().body().readAllBytes())
              .satisfies(e -> hasStatus(e, 413));
        });
  }

  @Test
  void l3_noContentIsNeverTooMuch() {
    Trial.run(
        context -> {
          limit(context).setMaxRequestBodySize(OptionalLong.of(0));
          assertThat(context.request().body().read()).isEqualTo(-1);
        });
  }

  @Test
  void l4_theLimitMayBeLiftedUntilTheFirstRead() {
    Trial.run(
        new RecordingTransport().withContent("abc"),
        context -> {
          limit(context).setMaxRequestBodySize(OptionalLong.empty());
          assertThat(limit(context).maxRequestBodySize()).isEmpty();
          assertThat(context.request().body().readAllBytes()).hasSize(3);
          assertThatThrownBy(() -> limit(context).setMaxRequestBodySize(OptionalLong.of(-1)))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void l5_theLimitIsFixedByTheFirstRead() {
    Trial.run(
        new RecordingTransport().withContent("abc"),
        context -> {
          assertThat(context.request().body().read()).isEqualTo('a');
          assertThat(limit(context).isReadOnly()).isTrue();
          assertThatThrownBy(() -> limit(context).setMaxRequestBodySize(OptionalLong.of(1)))
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void q21_malformedContentFailsEachReadAndClosesTheConnection() {
    RecordingTransport transport = new RecordingTransport();
    transport.readFailure = new BadHttpRequestException(400, "bad chunk");
    Trial trial =
        Trial.run(
            transport,
            context -> {
              assertThatThrownBy(() -> context.request().body().read())
                  .satisfies(e -> hasStatus(e, 400));
              assertThatThrownBy(() -> context.request().body().read())
                  .satisfies(e -> hasStatus(e, 400));
            });
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 200 length=0 close");
  }

  @Test
  void q21_aResetAbortsTheRequest() {
    RecordingTransport transport = new RecordingTransport();
    transport.readFailure = new RequestAbortedException("reset", null);
    Trial trial =
        Trial.run(
            transport,
            context -> {
              assertThatThrownBy(() -> context.request().body().read())
                  .isInstanceOf(RequestAbortedException.class);
              assertThat(context.isAborted()).isTrue();
            });
    assertThat(trial.transport.outcome).isEqualTo(Outcome.GONE);
  }

  @Test
  void b17_buffersOfAllKindsAreFilledAndReadOnlyOnesRefused() {
    Trial.run(
        new RecordingTransport().withContent("abcdef"),
        context -> {
          HttpRequestBodyFeature body = context.features().require(HttpRequestBodyFeature.class);
          ByteBuffer direct = ByteBuffer.allocateDirect(3);
          assertThat(body.read(direct).toCompletableFuture().get()).isEqualTo(3);
          ByteBuffer part = ByteBuffer.allocate(8).position(2).limit(4);
          assertThat(body.read(part).toCompletableFuture().get()).isEqualTo(2);
          assertThat(part.hasRemaining()).isFalse();
          assertThat(part.array()).containsSubsequence(new byte[] {'d', 'e'});
          assertThat(body.read(part).toCompletableFuture().get()).isZero();
          assertThatThrownBy(() -> body.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  private static HttpMaxRequestBodySizeFeature limit(HttpContext context) {
    return context.features().require(HttpMaxRequestBodySizeFeature.class);
  }

  private static void hasStatus(Throwable failure, int status) {
    assertThat(failure).isInstanceOf(BadHttpRequestException.class);
    assertThat(((BadHttpRequestException) failure).status()).isEqualTo(status);
  }
}
