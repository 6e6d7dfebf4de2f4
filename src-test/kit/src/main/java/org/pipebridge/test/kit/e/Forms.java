package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFile;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K132, K133: forms, and those with too much in them. */
final class Forms {

  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String PARTS =
      """
      --a b
      Content-Disposition: form-data; name="text"

      hello
      --a b
      Content-Disposition: form-data; name="up"; filename="x.txt"
      Content-Type: text/plain

      file
      content
      --a b
      Content-Disposition: form-data; name=named; filename*=UTF-8''%C3%A9.txt

      --a b--
      """
          .replace("\n", "\r\n");

  private Forms() {}

  static List<Scenario> scenarios() {
    return List.of(
        k132(),
        k132Multipart(),
        k133("v43_tooManyValues", URL_ENCODED, manyValues()),
        k133("v43_aLongName", URL_ENCODED, "x".repeat(2049) + "=v"),
        k133("v43_tooManyHeadersOfAPart", "multipart/form-data; boundary=b", manyHeaders()),
        k133("v44_noBoundary", "multipart/form-data", "--b--\r\n"),
        k133("v44_noFinalBoundary", "multipart/form-data; boundary=b", "--b\r\n"));
  }

  private static void tell(HttpContext context, Run run) throws Exception {
    Form form = context.request().form();
    form.forEach((name, value) -> run.record(name, value));
    for (FormFile file : form.files()) {
      String content = new String(file.openStream().readAllBytes(), StandardCharsets.UTF_8);
      run.record(file.name(), file.fileName() + " " + file.contentType() + " " + content);
    }
  }

  private static Request post(Probe probe, String type, String content) {
    return probe.request("POST", "/").header("Content-Type", type).content(content);
  }

  private static Scenario k132() {
    return Scenario.named("K132", "v40_anUrlEncodedFormIsRead")
        .rules("V40", "V42")
        .asyncApplication(
            (context, run) ->
                context
                    .request()
                    .readForm()
                    .thenAccept(form -> form.forEach((name, value) -> run.record(name, value))))
        .once()
        .check(
            probe -> {
              Connection connection =
                  probe.send(post(probe, URL_ENCODED, "a=1&b=%C3%A9+x&A=2&empty=&bare"));
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("a=1", "a=2", "b=\u00e9 x", "empty=", "bare=");
              connection.isKept();
            });
  }

  private static Scenario k132Multipart() {
    return Scenario.named("K132", "v44_aMultipartFormIsRead")
        .rules("V40", "V44")
        .application(Forms::tell)
        .once()
        .check(
            probe -> {
              String type = "multipart/form-data; boundary=\"a b\"";
              Connection connection = probe.send(post(probe, type, PARTS));
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "text=hello", "up=x.txt text/plain file  content", "named=\u00e9.txt null ");
              connection.isKept();
            });
  }

  private static Scenario k133(String fact, String type, String content) {
    return Scenario.named("K133", fact + "IsRefused")
        .rules(fact.startsWith("v43") ? "V43" : "V44", "R14")
        .application(Forms::tell)
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(post(probe, type, content));
              connection.answer().isEmpty(400).hasHeader("Connection", "close");
              connection.isClosed();
              assertThat(probe.facts()).isEmpty();
            });
  }

  private static String manyValues() {
    return IntStream.rangeClosed(1, 1025).mapToObj(i -> "v=" + i).collect(Collectors.joining("&"));
  }

  private static String manyHeaders() {
    String headers =
        IntStream.rangeClosed(1, 16)
            .mapToObj(i -> "X-" + i + ": v\r\n")
            .collect(Collectors.joining());
    return "--b\r\nContent-Disposition: form-data; name=n\r\n" + headers + "\r\nv\r\n--b--\r\n";
  }
}
