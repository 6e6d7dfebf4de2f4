package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpReasonPhraseFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.internal.Stages;

final class HttpResponseTest {

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpResponse response = server.context.response();

  @Test
  void c8_textIsWrittenAsUtf8WithoutTouchingHeaders() throws Exception {
    response.write("å");

    assertThat(server.sent.toByteArray()).containsExactly(0xC3, 0xA5);
    assertThat(response.headers().names()).isEmpty();
  }

  @Test
  void c8_textIsWrittenInACharset() throws Exception {
    response.write("å", StandardCharsets.ISO_8859_1);
    Stages.await(response.writeAsync("å", StandardCharsets.UTF_16BE));
    Stages.await(response.writeAsync("å"));

    assertThat(server.sent.toByteArray()).containsExactly(0xE5, 0x00, 0xE5, 0xC3, 0xA5);
  }

  @Test
  void c8_aNullOrEmptyContentTypeRemovesTheHeader() {
    response.setContentType("text/plain");
    assertThat(response.contentType()).isEqualTo("text/plain");

    response.setContentType("");
    assertThat(response.headers().contains("Content-Type")).isFalse();

    response.setContentType("text/plain");
    response.setContentType(null);
    assertThat(response.contentType()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"false, false, 302", "true, false, 301", "false, true, 307", "true, true, 308"})
  void c9_redirectSetsStatusAndLocation(boolean permanent, boolean preserve, int status) {
    response.redirect("/a b?x#y", permanent, preserve);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().values("Location")).containsExactly("/a b?x#y");
    assertThat(server.text()).isEmpty();
  }

  @Test
  void c9_shortFormsOfRedirect() {
    response.redirect("/a");
    assertThat(response.status()).isEqualTo(302);

    response.redirect("/b", true);
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.headers().values("Location")).containsExactly("/b");
  }

  @Test
  void c9_aLocationThatNoHeaderMayHoldChangesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> response.redirect("/a\r\nX: y"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().names()).isEmpty();
  }

  @Test
  void c10_clearTakesStatusAndHeadersBack() throws Exception {
    List<String> ran = new ArrayList<>();
    response.onStarting(() -> ran.add("callback"));
    Reason reason = new Reason();
    server.features.set(HttpReasonPhraseFeature.class, reason);
    reason.setReasonPhrase("Mine");
    response.setStatus(404);
    response.headers().set("X-A", "1");

    response.clear();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().names()).isEmpty();
    assertThat(reason.reasonPhrase()).isNull();
    response.start();
    assertThat(ran).containsExactly("callback");
    assertThatIllegalStateException().isThrownBy(response::clear);
  }

  @Test
  void c11_resourcesCloseAtTheEndLastRegisteredFirst() throws Exception {
    List<String> ran = new ArrayList<>();
    response.closeAtEnd(() -> ran.add("a"));
    response.onCompleted(() -> ran.add("b"));
    response.onCompletedAsync(
        () -> {
          ran.add("c");
          return Stages.completed();
        });

    server.end();

    assertThat(ran).containsExactly("c", "b", "a");
  }

  @Test
  void c11_callbacksBeforeTheStartRunLastRegisteredFirst() throws Exception {
    List<String> ran = new ArrayList<>();
    response.onStarting(() -> ran.add("a"));
    response.onStartingAsync(
        () -> {
          ran.add("b");
          return Stages.completed();
        });

    response.write("x");

    assertThat(ran).containsExactly("b", "a");
  }

  @Test
  void c11_nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> response.onStarting(null));
    assertThatNullPointerException().isThrownBy(() -> response.onStartingAsync(null));
    assertThatNullPointerException().isThrownBy(() -> response.onCompleted(null));
    assertThatNullPointerException().isThrownBy(() -> response.onCompletedAsync(null));
    assertThatNullPointerException().isThrownBy(() -> response.closeAtEnd(null));
    assertThatNullPointerException().isThrownBy(() -> response.write((String) null));
    assertThatNullPointerException().isThrownBy(() -> response.write((byte[]) null));
    assertThatNullPointerException().isThrownBy(() -> response.writeAsync((ByteBuffer) null));
    assertThatNullPointerException().isThrownBy(() -> response.sendFileAsync(null));
    assertThatNullPointerException().isThrownBy(() -> response.redirect(null));
  }

  @Test
  void v8_contentLengthIsSetAndRemoved() {
    response.setContentLength(5);
    assertThat(response.headers().first("Content-Length")).isEqualTo("5");
    assertThat(response.contentLength()).hasValue(5);

    response.removeContentLength();
    assertThat(response.contentLength()).isEqualTo(OptionalLong.empty());
    assertThatIllegalArgumentException().isThrownBy(() -> response.setContentLength(-1));
  }

  @Test
  void r2_afterTheStartChangesThrow() throws Exception {
    assertThat(response.hasStarted()).isFalse();
    response.flush();

    assertThat(response.hasStarted()).isTrue();
    assertThat(server.flushes).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> response.setStatus(404));
    assertThatIllegalStateException().isThrownBy(() -> response.redirect("/"));
    assertThatIllegalStateException().isThrownBy(() -> response.setContentType("a/b"));
    assertThatIllegalStateException().isThrownBy(() -> response.setContentLength(1));
    assertThatIllegalStateException().isThrownBy(() -> response.declareTrailer("X"));
    assertThatIllegalStateException().isThrownBy(() -> response.onStarting(() -> {}));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().names()).isEmpty();
  }

  @Test
  void r8_startAndCompleteGoToTheBodyFeature() throws Exception {
    response.start();
    response.start();
    assertThat(response.hasStarted()).isTrue();
    response.disableBuffering();
    assertThat(server.unbuffered).isTrue();
    Stages.await(response.flushAsync());

    response.complete();

    assertThat(server.completed).isTrue();
  }

  @Test
  void r54_aReplacedBodyGetsTheWrites() throws Exception {
    HttpResponseBodyFeature prior = server.features.require(HttpResponseBodyFeature.class);
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    server.features.set(HttpResponseBodyFeature.class, HttpResponseBodyFeature.of(copy, prior));
    response.write("a");
    Stages.await(response.writeAsync(ByteBuffer.wrap(new byte[] {'b'})));

    server.features.set(HttpResponseBodyFeature.class, prior);
    response.write("c".getBytes(StandardCharsets.US_ASCII));

    assertThat(copy).hasToString("ab");
    assertThat(server.text()).isEqualTo("c");
  }

  @Test
  void r60_filesAreSentWholeOrInPart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");

    response.sendFile(file);
    response.sendFile(file, 5, 2);
    Stages.await(response.sendFileAsync(file, 9, -1));
    Stages.await(response.sendFileAsync(file));

    assertThat(server.text()).isEqualTo("01234567895690123456789");
  }

  @Test
  void r61_badRangesAreRefusedBeforeTheStart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> response.sendFile(file, -1, 1));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> response.sendFile(folder.resolve("missing")));
    assertThat(response.hasStarted()).isFalse();
  }

  @Test
  void t6_trailersNeedTheirFeature() {
    assertThat(response.supportsTrailers()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> response.appendTrailer("X-A", "1"));
    Headers trailers = Headers.create();
    server.features.set(
        HttpResponseTrailersFeature.class,
        new HttpResponseTrailersFeature() {
          @Override
          public Headers trailers() {
            return trailers;
          }

          @Override
          public void setTrailers(Headers replacement) {
            throw new IllegalStateException("these trailers stay");
          }
        });

    response.declareTrailer("X-A");
    response.declareTrailer("X-B");
    response.appendTrailer("X-A", "1");

    assertThat(response.supportsTrailers()).isTrue();
    assertThat(response.headers().values("Trailer")).containsExactly("X-A, X-B");
    assertThat(trailers.values("X-A")).containsExactly("1");
    assertThatIllegalArgumentException().isThrownBy(() -> response.declareTrailer("a b"));
  }

  @Test
  void c12_afterTheEndStagesFailWithTheMisuse() throws Exception {
    server.end();

    CompletionStage<Void> stage = response.writeAsync("x");

    assertThat(stage.toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void r53_anAbortCancelsASubscriptionThatHasNothingToGive() {
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletionStage<Void> written =
        response.writeAll(
            subscriber ->
                subscriber.onSubscribe(
                    new Flow.Subscription() {
                      @Override
                      public void request(long n) {}

                      @Override
                      public void cancel() {
                        cancelled.set(true);
                      }
                    }));
    assertThat(written.toCompletableFuture()).isNotDone();

    server.context.abort();

    assertThat(cancelled).isTrue();
    assertThatExceptionOfType(RequestAbortedException.class)
        .isThrownBy(() -> Stages.await(written));
  }

  @Test
  void r53_contentThatEndsIsWritten() throws Exception {
    server.body("content".getBytes(StandardCharsets.US_ASCII));

    Stages.await(response.writeAll(server.context.request().publisher()));

    assertThat(server.text()).isEqualTo("content");
  }

  private static final class Reason implements HttpReasonPhraseFeature {

    private String phrase;

    @Override
    public String reasonPhrase() {
      return phrase;
    }

    @Override
    public void setReasonPhrase(String phrase) {
      this.phrase = phrase;
    }
  }
}
