package org.pipebridge.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.RequestAbortedException;
import org.pipebridge.http.HttpContext;

/** Starting, counting and sending the content of a response (E1, E6, F23, F27). */
final class ResponseBodyTest {

  @Test
  void r31_aWriteOfNoBytesStartsTheResponse() {
    Trial.run(
        context -> {
          context.response().body().write(new byte[0]);
          assertThat(context.response().hasStarted()).isTrue();
        });
  }

  @Test
  void r33_aWriteOn204IsRefusedBeforeTheStart() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().setStatus(204);
              assertThatThrownBy(() -> context.response().write("x"))
                  .isInstanceOf(IllegalStateException.class);
              assertThat(context.response().hasStarted()).isFalse();
              context.response().setStatus(200);
              context.response().write("x");
            });
    assertThat(trial.transport.sent()).isEqualTo("x");
  }

  @Test
  void r33_a204ThatDeclaresContentIsAnEmpty500() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().setStatus(204);
              context.response().setContentLength(5);
            });
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 500 length=0");
  }

  @Test
  void r40_theFirstWriteBeyondTheLengthIsAnEmpty500EvenIfSwallowed() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().setContentLength(5);
              assertThatThrownBy(() -> context.response().write("too much"))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("5");
              assertThatThrownBy(() -> context.response().write("x"))
                  .isInstanceOf(IllegalStateException.class);
            });
    assertThat(trial.transport.events)
        .containsExactly("begin 500 length=0 close", "end", "finished");
    assertThat(trial.disposedWith()).isInstanceOf(LengthMismatchException.class);
  }

  @Test
  void r40_aLaterWriteBeyondTheLengthKills() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().setContentLength(5);
              context.response().write("abc");
              context.response().flush();
              assertThatThrownBy(() -> context.response().write("def"))
                  .isInstanceOf(IllegalStateException.class);
            });
    assertThat(trial.transport.sent()).isEqualTo("abc");
    assertThat(trial.transport.outcome).isEqualTo(Outcome.KILL);
  }

  @Test
  void r41_anOnStartingCallbackMayMendTheLength() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().setContentLength(1);
              context.response().onStarting(() -> context.response().removeContentLength());
              context.response().write("abc");
            });
    assertThat(trial.transport.sent()).isEqualTo("abc");
  }

  @Test
  void r42_nothingOfADeclaredLengthIsAnEmpty500() {
    Trial trial = Trial.run(context -> context.response().setContentLength(5));
    assertThat(trial.transport.events).containsExactly("begin 500 length=0", "end", "finished");
  }

  @Test
  void r43_completeWithTooLittleThrowsToItsCaller() {
    Trial.run(
        context -> {
          context.response().setContentLength(5);
          context.response().write("abc");
          assertThatThrownBy(() -> context.response().body().close())
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void r44_theLengthOfAHeadIsNotChecked() {
    RecordingTransport transport = new RecordingTransport();
    transport.head = true;
    Trial trial = Trial.run(transport, context -> context.response().setContentLength(42));
    assertThat(trial.transport.events).containsExactly("begin 200 length=42", "end", "finished");
  }

  @Test
  void r32_theContentOfAHeadIsCountedAndNotSent() {
    RecordingTransport transport = new RecordingTransport();
    transport.head = true;
    Trial trial = Trial.run(transport, context -> context.response().write("hello"));
    assertThat(trial.transport.sent()).isEmpty();
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 200");
  }

  @Test
  void r51_aSecondOperationWhileOneIsPendingIsRefused() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              context.response().onStartingAsync(() -> slow);
              HttpResponseBodyFeature body = body(context);
              CompletionStage<Void> first = body.write(bytes("first"));
              assertThatThrownBy(() -> get(body.write(bytes("second"))))
                  .hasCauseInstanceOf(IllegalStateException.class);
              slow.complete(null);
              return first;
            });
    assertThat(trial.transport.sent()).isEqualTo("first");
  }

  @Test
  void r3_anOnStartingCallbackMustNotWrite() {
    Trial trial =
        Trial.run(
            context -> {
              context
                  .response()
                  .onStarting(
                      () ->
                          assertThatThrownBy(() -> context.response().write("early"))
                              .isInstanceOf(IllegalStateException.class));
              context.response().write("x");
            });
    assertThat(trial.transport.sent()).isEqualTo("x");
  }

  @Test
  void r55_boundsAreCheckedBeforeAnythingIsSent() {
    Trial.run(
        context -> {
          OutputStream stream = context.response().body();
          assertThatThrownBy(() -> stream.write(new byte[3], 2, 2))
              .isInstanceOf(IndexOutOfBoundsException.class);
          assertThat(context.response().hasStarted()).isFalse();
        });
  }

  @Test
  void r53_theBufferHasNothingRemainingAfterAWrite() {
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              ByteBuffer direct = ByteBuffer.allocateDirect(10_000);
              ByteBuffer slice = bytes("xhellox").position(1).limit(6);
              CompletionStage<Void> written = body(context).write(slice);
              assertThat(slice.hasRemaining()).isFalse();
              return written
                  .thenCompose(ignored -> body(context).write(direct))
                  .thenRun(() -> assertThat(direct.hasRemaining()).isFalse());
            });
    assertThat(trial.transport.buffer.size()).isEqualTo(10_005);
    assertThat(trial.disposedWith()).isEqualTo("none");
  }

  @Test
  void b10_blockingOperationsAreRefusedWhenSwitchedOff() {
    Trial trial =
        Trial.runAsync(
            new RecordingTransport(),
            context -> {
              OutputStream stream = context.response().body();
              control(context).setAllowSynchronousIo(false);
              for (IoCall call :
                  new IoCall[] {() -> stream.write(1), stream::flush, stream::close}) {
                assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
              }
              return body(context).write(bytes("async"));
            });
    assertThat(trial.transport.sent()).isEqualTo("async");
  }

  @Test
  void b12_blockingCannotComeBackAfterAnAsynchronousOperationWithoutIt() {
    Trial.runAsync(
        new RecordingTransport(),
        context -> {
          control(context).setAllowSynchronousIo(false);
          control(context).setAllowSynchronousIo(true);
          control(context).setAllowSynchronousIo(false);
          return body(context)
              .write(bytes("x"))
              .thenRun(
                  () ->
                      assertThatThrownBy(() -> control(context).setAllowSynchronousIo(true))
                          .isInstanceOf(IllegalStateException.class));
        });
  }

  @Test
  void a5_aWriteToAGoneClientAborts() {
    RecordingTransport transport = new RecordingTransport();
    transport.writeFailure = new IOException("Broken pipe");
    Trial trial =
        Trial.run(
            transport,
            context -> {
              assertThatThrownBy(() -> context.response().write("x"))
                  .isInstanceOf(RequestAbortedException.class)
                  .hasCauseInstanceOf(IOException.class);
              assertThat(context.isAborted()).isTrue();
              assertThatThrownBy(() -> context.response().write("x"))
                  .isInstanceOf(RequestAbortedException.class);
            });
    assertThat(trial.transport.outcome).isEqualTo(Outcome.GONE);
  }

  @Test
  void v9_headersOfTheServerAreDropped() {
    Trial trial =
        Trial.run(
            context -> {
              context.response().headers().set("Transfer-Encoding", "gzip");
              context.response().headers().set("Keep-Alive", "x");
              context.response().headers().set("Connection", "foo");
              context.response().headers().set("Upgrade", "foo");
              context.response().headers().set("X-Kept", "yes");
            });
    assertThat(trial.transport.events.get(0)).isEqualTo("begin 200 X-Kept=yes length=0");
  }

  private static HttpResponseBodyFeature body(HttpContext context) {
    return context.features().require(HttpResponseBodyFeature.class);
  }

  private static HttpBodyControlFeature control(HttpContext context) {
    return context.features().require(HttpBodyControlFeature.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void get(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get();
  }

  /** A blocking call on a stream. */
  private interface IoCall {
    void run() throws IOException;
  }
}
