package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFile;
import org.pipebridge.feature.FormOptions;

final class MultipartFormTest {

  private static final String FORM =
      """
      this is ignored
      --sep
      Content-Disposition: form-data; name="text"

      some å
      --sep
      content-disposition: FORM-DATA; name=file; filename="a \\"b\\".txt"
      Content-Type: text/html; charset=x
      X-Own: 1

      line
      --se
      -
      --sep--
      and this too
      """
          .replace("\n", "\r\n");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50, 10_000})
  void v44_fieldsAndFilesAreFoundHoweverTheyArrive(int chunk) throws Exception {
    Form form = parse("sep", FORM, chunk);

    assertThat(form.names()).containsExactly("text");
    assertThat(form.first("TEXT")).isEqualTo("some å");
    FormFile file = form.file("FILE");
    assertThat(form.files()).containsExactly(file);
    assertThat(file.name()).isEqualTo("file");
    assertThat(file.fileName()).isEqualTo("a \"b\".txt");
    assertThat(file.contentType()).isEqualTo("text/html; charset=x");
    assertThat(file.headers().first("x-own")).isEqualTo("1");
    assertThat(file.length()).isEqualTo(13);
    assertThat(file.openStream().readAllBytes()).asString().isEqualTo("line\r\n--se\r\n-");
    assertThat(file.openStream().readAllBytes()).hasSize(13);
  }

  @Test
  void v44_theHeadersOfAPartAreReadOnly() throws Exception {
    FormFile file = parse("sep", FORM, 100).file("file");

    assertThatIllegalStateException().isThrownBy(() -> file.headers().set("A", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "form-data; name=n; filename=f.txt | f.txt",
        "form-data; name=n; filename=\"a;b.txt\" | a;b.txt",
        "form-data; name=n; filename=\"C:\\dir\\f.txt\" | C:\\dir\\f.txt",
        "form-data; name=n; filename=\"a\\\\b\\\"c\" | a\\b\"c",
        "form-data; name=n; filename=\"å.txt\" | å.txt",
        "form-data; name=n; filename=plain; filename*=UTF-8''%C3%A5%20b.txt | å b.txt",
        "form-data; name=n; filename*=iso-8859-1'en'%E5 | å",
        "form-data; filename=f ; name=n | f",
      })
  void v44_fileNamesMayBeQuotedOrEncoded(String disposition, String fileName) throws Exception {
    Form form = parse("b", "--b\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--b--", 9);

    assertThat(form.file("n").fileName()).isEqualTo(fileName);
    assertThat(form.file("n").contentType()).isNull();
  }

  @Test
  void v44_anEmptyFileNameIsAFile() throws Exception {
    Form form = parse("b", part("form-data; name=n; filename=\"\"", ""), 9);

    assertThat(form.file("n").fileName()).isEmpty();
    assertThat(form.file("n").length()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=\"b\"",
        "Multipart/Form-Data;charset=utf-8;BOUNDARY=b",
      })
  void v44_theBoundaryMayBeQuoted(String type) throws Exception {
    assertThat(parseType(type, part("form-data; name=a", "1"), 5).first("a")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--",
        "--b  \t\r\nContent-Disposition: form-data; name=a\r\n\r\n--b-- \r\n",
        "\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--",
      })
  void v44_partsMayBeEmptyAndBoundariesPadded(String content) throws Exception {
    for (int chunk = 1; chunk < content.length(); chunk++) {
      assertThat(parse("b", content, chunk).values("a")).containsExactly("");
    }
  }

  @Test
  void v44_aFormWithoutPartsIsEmpty() throws Exception {
    assertThat(parse("b", "--b--", 1).names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\r\n",
        "no boundary at all",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b-",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--bx--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b x",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\n--b--",
        "--b\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--",
        "--b\r\nno colon\r\n\r\n1\r\n--b--",
        "--b\r\nbad name: x\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name*=x\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name*=nope''x\r\n\r\n1\r\n--b--",
      })
  void v44_whatIsMalformedIsTheClientsFault(String content) {
    for (int chunk : new int[] {1, 3, 1000}) {
      assertStatus(400, "multipart/form-data; boundary=b", content, chunk, FormOptions.DEFAULT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; b=c"
      })
  void v44_aMissingBoundaryIsTheClientsFault(String type) {
    assertStatus(400, type, "--b--", 10, FormOptions.DEFAULT);
  }

  @Test
  void v43_theBoundaryIsLimited() throws Exception {
    String longest = "b".repeat(128);
    assertThat(parse(longest, "--" + longest + "--", 10).names()).isEmpty();

    String longer = longest + "b";
    assertStatus(
        400,
        "multipart/form-data; boundary=" + longer,
        "--" + longer + "--",
        9,
        FormOptions.DEFAULT);
  }

  @Test
  void v43_theHeadersOfAPartAreLimited() throws Exception {
    String disposition = "Content-Disposition: form-data; name=a\r\n";
    String allowed = "--b\r\n" + disposition + "X: y\r\n".repeat(15) + "\r\n1\r\n--b--";
    assertThat(parse("b", allowed, 100).first("a")).isEqualTo("1");

    String tooMany = "--b\r\n" + disposition + "X: y\r\n".repeat(16) + "\r\n1\r\n--b--";
    assertStatus(400, "multipart/form-data; boundary=b", tooMany, 100, FormOptions.DEFAULT);
    String tooLong = "--b\r\nX: " + "y".repeat(16 * 1024);
    assertStatus(413, "multipart/form-data; boundary=b", tooLong, 100, FormOptions.DEFAULT);
    String together = "--b\r\n" + ("X: " + "y".repeat(8 * 1024) + "\r\n").repeat(2);
    assertStatus(413, "multipart/form-data; boundary=b", together, 100, FormOptions.DEFAULT);
  }

  @Test
  void v43_filesAndValuesAreLimited() throws Exception {
    FormOptions options = FormOptions.DEFAULT.withMaxPartBytes(10).withMaxValueBytes(5);
    String type = "multipart/form-data; boundary=b";

    parseWith(options, type, part("form-data; name=a; filename=f", "x".repeat(10)), 3);
    assertStatus(413, type, part("form-data; name=a; filename=f", "x".repeat(11)), 3, options);
    parseWith(options, type, part("form-data; name=a", "x".repeat(5)), 3);
    assertStatus(413, type, part("form-data; name=a", "x".repeat(6)), 3, options);
    String name = "n".repeat(2049);
    assertStatus(400, type, part("form-data; name=" + name, "1"), 100, options);
  }

  @Test
  void v43_fieldsAndFilesCountTogether() {
    FormOptions options = FormOptions.DEFAULT.withMaxValues(1);
    String content =
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
            + part("form-data; name=f; filename=g", "2");

    assertStatus(400, "multipart/form-data; boundary=b", content, 100, options);
  }

  @Test
  void v42_theCharsetOfAPartCountsBeforeThatOfTheForm() throws Exception {
    byte[] content =
        ("--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain;"
                + " charset=ISO-8859-1\r\n\r\n\u00E5\r\n--b--")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(parse("multipart/form-data; boundary=b", content, 7, FormOptions.DEFAULT).first("a"))
        .isEqualTo("å");
  }

  @Test
  void v45_largeFilesAreGoneAtCompletion() throws Exception {
    TemporaryFiles files = new TemporaryFiles();
    ThreeFeatures server = new ThreeFeatures();
    server.header("Content-Type", "multipart/form-data; boundary=b");
    server.body(part("form-data; name=f; filename=g", "x".repeat(200_000)).getBytes());
    FormFile file = server.context.request().form().file("f");
    assertThat(file.openStream().readAllBytes()).hasSize(200_000);

    server.end();

    files.assertGone();
    assertThatExceptionOfType(IOException.class).isThrownBy(file::openStream);
    assertThat(file.length()).isEqualTo(200_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n--b\r\nno colon\r\n\r\n", ""})
  void v45_filesOfAMalformedFormAreGoneAtOnce(String end) throws Exception {
    TemporaryFiles files = new TemporaryFiles();
    ThreeFeatures server = withLargeFile(end);

    assertThatExceptionOfType(BadHttpRequestException.class)
        .isThrownBy(() -> server.context.request().form());

    files.assertGone();
    server.end();
  }

  private static ThreeFeatures withLargeFile(String behind) {
    ThreeFeatures server = new ThreeFeatures();
    server.header("Content-Type", "multipart/form-data; boundary=b");
    String head = "--b\r\nContent-Disposition: form-data; name=f; filename=g\r\n\r\n";
    return server.body((head + "x".repeat(200_000) + behind).getBytes());
  }

  /** V44: content that looks like a delimiter, in any chunks, comes out as it went in. */
  @Test
  void v44_randomContentComesOutAsItWentIn() throws Exception {
    Random random = new Random(44);
    String alphabet = "\r\n-bb-\r\nx";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder content = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        content.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String value = content.toString().replace("--bb", "--b");
      if (("\r\n" + value).contains("\r\n--bb")) {
        continue;
      }
      String body =
          "--bb\r\nContent-Disposition: form-data; name=a\r\n\r\n"
              + value
              + "\r\n--bb\r\nContent-Disposition: form-data; name=f; filename=g\r\n\r\n"
              + value
              + "\r\n--bb--\r\n";
      Form form = parse("bb", body, 1 + random.nextInt(body.length()));
      assertThat(form.first("a")).isEqualTo(value);
      assertThat(form.file("f").openStream().readAllBytes()).asString().isEqualTo(value);
    }
  }

  /** V43, V44: damaged content gives a form or a client's fault, and nothing else. */
  @Test
  void v44_damagedContentIsNeverAServersFault() throws Exception {
    Random random = new Random(45);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = FORM.getBytes(StandardCharsets.UTF_8);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        damaged[random.nextInt(damaged.length)] =
            (byte) "\r\n-:;=\"'*\\ a\0".charAt(random.nextInt(13));
      }
      damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length) + 1);
      try {
        parse(
            "multipart/form-data; boundary=sep",
            damaged,
            1 + random.nextInt(40),
            FormOptions.DEFAULT);
      } catch (BadHttpRequestException expected) {
        assertThat(expected.status()).isBetween(400, 413);
      }
    }
  }

  private static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n--b--\r\n";
  }

  private static Form parse(String boundary, String content, int chunk) throws IOException {
    return parseType("multipart/form-data; boundary=" + boundary, content, chunk);
  }

  private static Form parseType(String type, String content, int chunk) throws IOException {
    return parseWith(FormOptions.DEFAULT, type, content, chunk);
  }

  private static Form parseWith(FormOptions options, String type, String content, int chunk)
      throws IOException {
    return parse(type, content.getBytes(StandardCharsets.UTF_8), chunk, options);
  }

  private static Form parse(String type, byte[] content, int chunk, FormOptions options)
      throws IOException {
    Charset charset = StandardCharsets.UTF_8;
    MultipartForm parser = MultipartForm.of(FieldValue.parse(type), charset, options);
    byte[] reused = new byte[chunk];
    for (int at = 0; at < content.length; at += chunk) {
      int length = Math.min(chunk, content.length - at);
      System.arraycopy(content, at, reused, 0, length);
      parser.feed(reused, 0, length);
    }
    return parser.finish();
  }

  private static void assertStatus(
      int status, String type, String content, int chunk, FormOptions options) {
    assertThatExceptionOfType(BadHttpRequestException.class)
        .isThrownBy(() -> parseWith(options, type, content, chunk))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }
}
