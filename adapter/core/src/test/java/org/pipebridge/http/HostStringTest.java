package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostStringTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "localhost:80, localhost",
    "127.0.0.1:80, 127.0.0.1",
    "[::1]:80, [::1]",
    "[::1], [::1]",
    "::1, [::1]",
    "xn--bcher-kva.example:80, bücher.example",
    "www.xn--bcher-kva.example, www.bücher.example",
    "x:port, x",
    "'', ''",
    "xn--, xn--",
  })
  void v29_theHostIsWithoutPort(String value, String host) {
    assertThat(new HostString(value).host()).isEqualTo(host);
    assertThat(new HostString(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"x:80, 80", "[::1]:5000, 5000", "x:65535, 65535", ":80, 80"})
  void v29_thePortIsANumber(String value, int port) {
    assertThat(new HostString(value).port()).hasValue(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "x:", "x:port", "x:-1", "[::1]", "::1", "", "x:99999999999", "x:8٣", "x:1:2"})
  void v29_otherwiseThereIsNoPort(String value) {
    assertThat(new HostString(value).port()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void v29_hostAndPortMakeAValue() {
    assertThat(HostString.of("x", 1).value()).isEqualTo("x:1");
    assertThat(HostString.of("::1", 65535).value()).isEqualTo("[::1]:65535");
    assertThat(HostString.of("[::1]", 80).value()).isEqualTo("[::1]:80");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void v29_aPortOutOfRangeIsRefused(int port) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostString.of("x", port));
  }

  @Test
  void v29_equalityIgnoresCase() {
    assertThat(new HostString("Example.org:80"))
        .isEqualTo(new HostString("eXAMPLE.ORG:80"))
        .hasSameHashCodeAs(new HostString("eXAMPLE.ORG:80"))
        .isNotEqualTo(new HostString("example.org"));
  }

  @ParameterizedTest
  @CsvSource({
    "example.org:80, example.org",
    "EXAMPLE.org, Example.ORG",
    "a.x.org:1, *.x.org",
    "a.b.x.org, *.X.org",
    "anything, *",
    "[::1]:80, [::1]",
    "xn--bcher-kva.example, bücher.example",
    "bücher.example, xn--bcher-kva.example",
  })
  void v29_patternsMatch(String value, String pattern) {
    assertThat(new HostString(value).matchesAny(List.of("other", pattern))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"x.org, *.x.org", "ax.org, *.x.org", ".x.org, *.x.org", "x.org.evil, x.org"})
  void v29_patternsDoNotMatchMore(String value, String pattern) {
    assertThat(new HostString(value).matchesAny(List.of(pattern))).isFalse();
  }

  @Test
  void v29_theUriFormIsAscii() {
    assertThat(new HostString("bücher.example:80").toUriComponent())
        .isEqualTo("xn--bcher-kva.example:80");
    assertThat(new HostString("é".repeat(64) + ":80").toUriComponent())
        .isEqualTo("%C3%A9".repeat(64) + ":80");
    assertThat(new HostString("x:80")).hasToString("x:80");
    assertThat(HostString.EMPTY.hasValue()).isFalse();
  }
}
