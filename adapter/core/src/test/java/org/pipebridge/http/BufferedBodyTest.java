package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;

final class BufferedBodyTest {

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpRequest request = server.context.request();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 30 * 1024, 30 * 1024 + 1, 100_000})
  void c7_contentIsReadAgainAfterARewind(int size) throws Exception {
    byte[] content = randomBytes(size);
    server.body(content);
    request.enableBuffering();

    assertThat(request.body().readAllBytes()).isEqualTo(content);
    request.rewind();
    assertThat(request.body().readAllBytes()).isEqualTo(content);
    request.rewind();
    assertThat(readAsync()).isEqualTo(content);
  }

  @Test
  void c7_aRewindInTheMiddleGoesOnWithTheRest() throws Exception {
    byte[] content = randomBytes(50_000);
    server.body(content);
    request.enableBuffering(100, Long.MAX_VALUE);
    InputStream body = request.body();

    assertThat(body.readNBytes(70)).isEqualTo(java.util.Arrays.copyOf(content, 70));
    request.rewind();
    assertThat(body.readNBytes(20_000)).isEqualTo(java.util.Arrays.copyOf(content, 20_000));
    request.rewind();
    assertThat(body.read()).isEqualTo(content[0] & 0xFF);
    request.rewind();

    assertThat(body.readAllBytes()).isEqualTo(content);
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void c7_asynchronousReadsAreKeptToo() throws Exception {
    byte[] content = randomBytes(80_000);
    server.body(content);
    request.enableBuffering();

    assertThat(readAsync()).isEqualTo(content);
    request.rewind();

    assertThat(request.body().readAllBytes()).isEqualTo(content);
  }

  @Test
  void c7_twiceMakesNoSecondWrapper() {
    server.body(new byte[1]);
    request.enableBuffering();
    assertThat(request.isBuffered()).isTrue();
    var body = server.features.get(HttpRequestBodyFeature.class);

    request.enableBuffering(1, 1);

    assertThat(server.features.get(HttpRequestBodyFeature.class)).isSameAs(body);
  }

  @Test
  void c7_withoutBufferingThereIsNoRewind() {
    assertThat(request.isBuffered()).isFalse();
    assertThatIllegalStateException().isThrownBy(request::rewind);
    assertThatIllegalArgumentException().isThrownBy(() -> request.enableBuffering(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> request.enableBuffering(0, -1));
  }

  @Test
  void c7_theLimitPassesAndOneByteMoreDoesNot() throws Exception {
    server.body(new byte[100]);
    request.enableBuffering(10, 100);
    assertThat(request.body().readAllBytes()).hasSize(100);

    ThreeFeatures other = new ThreeFeatures().body(new byte[101]);
    other.context.request().enableBuffering(10, 100);
    InputStream body = other.context.request().body();
    assertThatExceptionOfType(BadHttpRequestException.class)
        .isThrownBy(body::readAllBytes)
        .satisfies(e -> assertThat(e.status()).isEqualTo(413));
    assertThatExceptionOfType(BadHttpRequestException.class).isThrownBy(body::read);
    assertThat(other.context.request().read(ByteBuffer.allocate(5)).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void c7_noTemporaryFileIsLeft() throws Exception {
    TemporaryFiles files = new TemporaryFiles();
    server.body(randomBytes(50_000));
    request.enableBuffering();
    request.body().readAllBytes();

    server.end();

    files.assertGone();
  }

  @Test
  void c13_whatIsKeptCannotBeReadAtCompletion() throws Exception {
    server.body(new byte[10]);
    request.enableBuffering();
    InputStream body = request.body();
    body.readAllBytes();
    request.rewind();

    server.end();

    assertThatIllegalStateException().isThrownBy(body::read);
    assertThatIllegalStateException().isThrownBy(body::available);
  }

  @Test
  void b10_whatIsKeptIsNotReadBlockingWhenThatIsSwitchedOff() throws Exception {
    server.body(new byte[10]);
    request.enableBuffering();
    request.body().readAllBytes();
    request.rewind();
    server.features.set(HttpBodyControlFeature.class, new SwitchedOff());

    assertThatIllegalStateException().isThrownBy(() -> request.body().read());
    assertThat(readAsync()).hasSize(10);
  }

  @Test
  void b17_buffersOfAnyKindAreFilledAndReadOnlyOnesRefused() throws Exception {
    server.body("abcdef".getBytes());
    request.enableBuffering();
    ByteBuffer direct = ByteBuffer.allocateDirect(4).position(1).limit(3);

    assertThat(request.read(direct).toCompletableFuture().join()).isEqualTo(2);
    assertThat(direct.get(1)).isEqualTo((byte) 'a');
    assertThat(direct.get(2)).isEqualTo((byte) 'b');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
    request.rewind();
    ByteBuffer again = ByteBuffer.allocateDirect(6);
    assertThat(request.read(again).toCompletableFuture().join()).isEqualTo(2);
    assertThat(request.read(again).toCompletableFuture().join()).isEqualTo(4);
  }

  private byte[] readAsync() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(777);
    while (request.read(buffer.clear()).toCompletableFuture().join() >= 0) {
      all.write(buffer.array(), 0, buffer.position());
    }
    return all.toByteArray();
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static final class SwitchedOff implements HttpBodyControlFeature {

    @Override
    public boolean allowSynchronousIo() {
      return false;
    }

    @Override
    public void setAllowSynchronousIo(boolean allow) {
      throw new IllegalStateException("this stays off");
    }
  }
}
