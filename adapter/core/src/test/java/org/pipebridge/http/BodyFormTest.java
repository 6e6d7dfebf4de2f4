package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFallbackFeature;
import org.pipebridge.feature.FormOptions;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;

/** Forms read from the content of a request (F32). */
final class BodyFormTest {

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpRequest request = server.context.request();

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, true",
    "APPLICATION/X-www-form-URLENCODED ; charset=utf-8, true",
    "multipart/form-data; boundary=x, true",
    "Multipart/Form-Data, true",
    "multipart/mixed; boundary=x, false",
    "text/plain, false",
    ", false",
  })
  void v40_theContentTypeTellsWhetherThereIsAForm(String type, boolean expected) {
    request.setContentType(type);

    assertThat(request.hasFormContentType()).isEqualTo(expected);
  }

  @Test
  void v40_anotherContentTypeIsMisuse() {
    request.setContentType("text/plain");

    assertThatIllegalStateException().isThrownBy(request::form).withMessageContaining("text/plain");
    assertThat(request.readForm().toCompletableFuture())
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCauseExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void v40_aFormThatWasSetIsTheForm() throws Exception {
    Form form = Form.of(Map.of("a", List.of("1")), List.of());

    request.setForm(form);

    assertThat(request.hasFormContentType()).isTrue();
    assertThat(request.form()).isSameAs(form);
    assertThat(request.readForm().toCompletableFuture()).isCompletedWithValue(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {URL_ENCODED, "multipart/form-data; boundary=x", "multipart/form-data"})
  void v40_lengthZeroIsAnEmptyForm(String type) throws Exception {
    request.setContentType(type);
    server.header("Content-Length", "0");

    assertThat(request.form().names()).isEmpty();
    assertThat(request.form().files()).isEmpty();
  }

  @Test
  void v40_theFormIsParsedOnceForAllCallers() throws Exception {
    urlEncoded("a=1");

    Form form = request.form();

    assertThat(request.form()).isSameAs(form);
    assertThat(request.readForm().toCompletableFuture()).isCompletedWithValue(form);
  }

  @Test
  void v40_callersWhileItIsReadShareTheParse() throws Exception {
    Deque<CompletableFuture<Integer>> reads = new ArrayDeque<>();
    Deque<ByteBuffer> buffers = new ArrayDeque<>();
    server.features.set(HttpRequestBodyFeature.class, new PendingBody(reads, buffers));
    request.setContentType(URL_ENCODED);

    CompletionStage<Form> first = request.readForm();
    CompletionStage<Form> second = request.readForm();
    assertThat(reads).hasSize(1);
    buffers.pop().put("a=1".getBytes());
    reads.pop().complete(3);
    reads.pop().complete(-1);

    assertThat(first.toCompletableFuture().join().first("a")).isEqualTo("1");
    assertThat(second.toCompletableFuture().join()).isSameAs(first.toCompletableFuture().join());
  }

  @Test
  void v40_aBufferedBodyIsRewound() throws Exception {
    urlEncoded("a=1&b=2");
    request.enableBuffering();
    request.body().readNBytes(2);

    assertThat(request.form().first("a")).isEqualTo("1");

    assertThat(request.body().readAllBytes()).asString().isEqualTo("a=1&b=2");
  }

  @Test
  void v41_readingBlockingCountsAsBlocking() throws Exception {
    urlEncoded("a=1");
    server.features.set(
        HttpBodyControlFeature.class,
        new HttpBodyControlFeature() {
          @Override
          public boolean allowSynchronousIo() {
            return false;
          }

          @Override
          public void setAllowSynchronousIo(boolean allow) {
            throw new IllegalStateException("this stays off");
          }
        });

    assertThatIllegalStateException().isThrownBy(request::form);
    assertThat(request.readForm().toCompletableFuture().join().first("a")).isEqualTo("1");
    assertThat(request.form().first("a")).isEqualTo("1");
  }

  @Test
  void v42_theCharsetOfTheContentTypeCounts() throws Exception {
    request.setContentType(URL_ENCODED + "; charset=\"ISO-8859-1\"");
    server.body("n%E5=a+%e5\u00E5&x=%zz%41".getBytes(StandardCharsets.ISO_8859_1));

    Form form = request.form();

    assertThat(form.first("nå")).isEqualTo("a åå");
    assertThat(form.first("x")).isEqualTo("%zzA");
  }

  @Test
  void v42_withoutACharsetItIsUtf8() throws Exception {
    urlEncoded("%C3%A5=é+1%2B&A=1&b=&=v&&c&a=2&bad=%C3");

    Form form = request.form();

    assertThat(form.first("å")).isEqualTo("é 1+");
    assertThat(form.values("a")).containsExactly("1", "2");
    assertThat(form.names()).containsExactly("å", "A", "b", "", "c", "bad");
    assertThat(form.first("")).isEqualTo("v");
    assertThat(form.first("c")).isEmpty();
    assertThat(form.first("bad")).isEqualTo("%C3");
  }

  @Test
  void v42_anUnknownCharsetIsTheClientsFault() {
    request.setContentType(URL_ENCODED + "; charset=no such");
    server.body("a=1".getBytes());

    assertStatus(400);
  }

  @Test
  void v43_theNumberOfValuesIsLimited() throws Exception {
    urlEncoded("a&".repeat(1024));
    assertThat(request.form().values("a")).hasSize(1024);

    ThreeFeatures other = new ThreeFeatures().header("Content-Type", URL_ENCODED);
    other.body("a&".repeat(1025).getBytes());
    assertStatus(other, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%61", "%C3%A5"})
  void v43_theLengthOfNamesIsLimited(String character) throws Exception {
    urlEncoded(character.repeat(2048) + "=1");
    assertThat(request.form().names().iterator().next()).hasSize(2048);

    ThreeFeatures other = new ThreeFeatures().header("Content-Type", URL_ENCODED);
    other.body((character.repeat(2049) + "=1").getBytes());
    assertStatus(other, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%61"})
  void v43_theLengthOfValuesIsLimited(String octet) throws Exception {
    server.features.set(FormOptions.class, FormOptions.DEFAULT.withMaxValueBytes(100));
    urlEncoded("n=" + octet.repeat(100));
    assertThat(request.form().first("n")).hasSize(100);

    ThreeFeatures other = new ThreeFeatures().header("Content-Type", URL_ENCODED);
    other.features.set(FormOptions.class, FormOptions.DEFAULT.withMaxValueBytes(100));
    other.body(("n=" + octet.repeat(101)).getBytes());
    assertStatus(other, 413);
  }

  @Test
  void v43_anEndlessNameOrValueIsRefusedBeforeItIsHeld() {
    request.setContentType(URL_ENCODED);
    server.features.set(
        HttpRequestBodyFeature.class, HttpRequestBodyFeature.of(new Endless((byte) '%')));
    assertStatus(400);

    ThreeFeatures other = new ThreeFeatures().header("Content-Type", URL_ENCODED);
    other.features.set(
        HttpRequestBodyFeature.class, HttpRequestBodyFeature.of(new Endless((byte) '=')));
    assertStatus(other, 413);
  }

  @Test
  void v43_aFailureIsTheSameForAllCallers() {
    server.features.set(FormOptions.class, FormOptions.DEFAULT.withMaxValues(1));
    urlEncoded("a&b");

    assertStatus(400);
    assertStatus(400);
  }

  @Test
  void v46_whatAFilterHasReadComesFromTheFallback() throws Exception {
    Form parsed = Form.of(Map.of("a", List.of("1")), List.of());
    server.header("Content-Length", "3");
    server.features.set(FormFallbackFeature.class, () -> parsed);
    urlEncoded("");

    assertThat(request.form()).isSameAs(parsed);
  }

  @Test
  void v46_contentThatCameIsTheForm() throws Exception {
    server.features.set(FormFallbackFeature.class, () -> Form.EMPTY);
    urlEncoded("a=1");

    assertThat(request.form().first("a")).isEqualTo("1");
  }

  @Test
  void v46_withoutAFallbackNothingIsAnEmptyForm() throws Exception {
    urlEncoded("");
    assertThat(request.form().names()).isEmpty();

    ThreeFeatures other = new ThreeFeatures().header("Content-Type", URL_ENCODED);
    other.features.set(FormFallbackFeature.class, () -> null);
    assertThat(other.context.request().form().names()).isEmpty();
  }

  @Test
  void v41_aFailingReadFailsTheForm() {
    request.setContentType(URL_ENCODED);
    IOException broken = new IOException("broken");
    server.features.set(
        HttpRequestBodyFeature.class,
        HttpRequestBodyFeature.of(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }
            }));

    assertThatExceptionOfType(IOException.class).isThrownBy(request::form).isSameAs(broken);
  }

  @Test
  void b14_manySmallReadsDoNotDeepenTheStack() throws Exception {
    byte[] content = new byte[200_000];
    Arrays.fill(content, (byte) 'a');
    server.features.set(FormOptions.class, FormOptions.DEFAULT.withMaxValueBytes(content.length));
    content[1] = '=';
    request.setContentType(URL_ENCODED);
    ByteBuffer source = ByteBuffer.wrap(content);
    server.features.set(HttpRequestBodyFeature.class, new OneByteBody(source));

    assertThat(request.readForm().toCompletableFuture().join().first("a"))
        .hasSize(content.length - 2);
  }

  private void urlEncoded(String content) {
    request.setContentType(URL_ENCODED);
    server.body(content.getBytes(StandardCharsets.UTF_8));
  }

  private void assertStatus(int status) {
    assertStatus(server, status);
  }

  private static void assertStatus(ThreeFeatures server, int status) {
    assertThatExceptionOfType(BadHttpRequestException.class)
        .isThrownBy(() -> server.context.request().form())
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  private static final class Endless extends InputStream {

    private final byte content;

    Endless(byte content) {
      this.content = content;
    }

    @Override
    public int read() {
      return content;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Arrays.fill(into, offset, offset + length, content);
      return length;
    }
  }

  private record PendingBody(Deque<CompletableFuture<Integer>> reads, Deque<ByteBuffer> buffers)
      implements HttpRequestBodyFeature {

    @Override
    public InputStream stream() {
      return InputStream.nullInputStream();
    }

    @Override
    public CompletionStage<Integer> read(ByteBuffer into) {
      CompletableFuture<Integer> read = new CompletableFuture<>();
      reads.push(read);
      buffers.push(into);
      return read;
    }
  }

  private record OneByteBody(ByteBuffer source) implements HttpRequestBodyFeature {

    @Override
    public InputStream stream() {
      return InputStream.nullInputStream();
    }

    @Override
    public CompletionStage<Integer> read(ByteBuffer into) {
      if (!source.hasRemaining()) {
        return CompletableFuture.completedStage(-1);
      }
      into.put(source.get());
      return CompletableFuture.completedStage(1);
    }
  }
}
