package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.Headers;

final class ServletRequestHeadersTest {

  /** V1. */
  @Test
  void valuesAreReadIgnoringTheCaseOfNames() throws Exception {
    look(
        headers("X-A", List.of("1", "2")),
        headers -> {
          assertThat(headers.first("x-a")).isEqualTo("1");
          assertThat(headers.values("X-a")).containsExactly("1", "2").isUnmodifiable();
          assertThat(headers.contains("X-A")).isTrue();
          assertThat(headers.names()).containsExactly("X-A");
          assertThat(headers.first("X-B")).isNull();
          assertThat(headers.values("X-B")).isEmpty();
          assertThat(headers.contains("X-B")).isFalse();
        });
  }

  @Test
  void namesThatDifferInCaseAreOne() throws Exception {
    Map<String, Object> answers = new HashMap<>(headers("X-A", List.of("1", "2")));
    answers.put("getHeaderNames", again("X-A", "x-a"));
    look(
        answers,
        headers -> {
          List<String> lines = new ArrayList<>();
          headers.forEach((name, value) -> lines.add(name + "=" + value));
          assertThat(lines).containsExactly("X-A=1", "X-A=2");
        });
  }

  /** V4: containers decode as Latin-1. */
  @Test
  void utf8IsReadAsSuch() throws Exception {
    look(
        headers("X-A", List.of("\u00c3\u00a9 \u00e6\u0088\u0091")),
        headers -> {
          assertThat(headers.first("X-A")).isEqualTo("\u00e9 \u6211");
          assertThat(headers.values("X-A")).containsExactly("\u00e9 \u6211");
        });
  }

  @Test
  void whatIsNotUtf8StaysAsTheContainerDecodedIt() throws Exception {
    look(
        headers("X-A", List.of("\u00e9", "\u6211\u00c3\u00a9", "\u00c0\u00af")),
        headers ->
            assertThat(headers.values("X-A"))
                .containsExactly("\u00e9", "\u6211\u00c3\u00a9", "\u00c0\u00af"));
  }

  /** A container may refuse to tell names or values (Servlet 6.0, HttpServletRequest). */
  @Test
  void whatTheContainerDoesNotTellIsNotThere() throws Exception {
    look(
        Map.of(),
        headers -> {
          assertThat(headers.names()).isEmpty();
          assertThat(headers.values("X-A")).isEmpty();
        });
  }

  /** Q1: what is set is seen by later readers; the received values stay beside it. */
  @Test
  void changesAreKeptInACopy() throws Exception {
    look(
        headers("X-A", List.of("\u00c3\u00a9")),
        headers -> {
          headers.set("X-B", "b");
          headers.add("x-a", "2");
          assertThat(headers.values("X-A")).containsExactly("\u00e9", "2");
          assertThat(headers.names()).containsExactly("X-A", "X-B");
          headers.set("X-B", List.of("c", "d"));
          assertThat(headers.values("X-B")).containsExactly("c", "d");
          headers.remove("X-A");
          assertThat(headers.contains("X-A")).isFalse();
          headers.clear();
          assertThat(headers.names()).isEmpty();
        });
  }

  /** V3, V4: received values are not checked, but those that are set are. */
  @Test
  void badValuesAreRefused() throws Exception {
    look(
        headers("X-A", List.of("a\u0001")),
        headers -> {
          assertThat(headers.first("X-A")).isEqualTo("a\u0001");
          assertThatIllegalArgumentException().isThrownBy(() -> headers.set("X-B", "a\r\nb"));
          assertThatIllegalArgumentException().isThrownBy(() -> headers.add("a b", "x"));
          assertThat(headers.first("X-A")).isEqualTo("a\u0001");
        });
  }

  /** C12: even if the container already serves another request with the same object. */
  @Test
  void nothingCanBeReadWhenTheRequestIsOver() throws Exception {
    AtomicReference<Headers> kept = new AtomicReference<>();
    look(headers("X-A", List.of("1")), kept::set);
    Headers headers = kept.get();
    assertThatIllegalStateException().isThrownBy(() -> headers.first("X-A"));
    assertThatIllegalStateException().isThrownBy(() -> headers.values("X-A"));
    assertThatIllegalStateException().isThrownBy(() -> headers.contains("X-A"));
    assertThatIllegalStateException().isThrownBy(headers::names);
    assertThatIllegalStateException().isThrownBy(() -> headers.forEach((name, value) -> {}));
    assertThatIllegalStateException().isThrownBy(headers::contentLength);
    assertThatIllegalStateException().isThrownBy(() -> headers.set("X-A", "2"));
    assertThatIllegalStateException().isThrownBy(() -> headers.add("X-A", "2"));
    assertThatIllegalStateException().isThrownBy(() -> headers.remove("X-A"));
    assertThatIllegalStateException().isThrownBy(headers::clear);
  }

  @Test
  void aCopyCannotBeReadWhenTheRequestIsOver() throws Exception {
    AtomicReference<Headers> kept = new AtomicReference<>();
    look(
        headers("X-A", List.of("1")),
        headers -> {
          headers.set("X-B", "2");
          kept.set(headers);
        });
    assertThatIllegalStateException().isThrownBy(() -> kept.get().first("X-B"));
  }

  private static void look(Map<String, ?> answers, Consumer<Headers> look) throws Exception {
    HttpServletRequest request = Stubs.request(answers);
    Served.serve(request, context -> look.accept(context.request().headers()));
  }

  private static Map<String, Object> headers(String name, List<String> values) {
    String argument = name.toLowerCase(Locale.ROOT);
    return Map.of(
        "getHeaderNames",
        again(name),
        "getHeaders " + argument,
        again(values.toArray(String[]::new)),
        "getHeader " + argument,
        values.get(0));
  }

  private static Supplier<Enumeration<String>> again(String... values) {
    return () -> Collections.enumeration(List.of(values));
  }
}
