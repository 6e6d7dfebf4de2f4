package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "www.x.org", "a_b:80", "127.0.0.1:8080", "[::1]", "[::1]:80", "x!$&'()~"})
  void q3_aNameOrALiteralWithOrWithoutAPortIsAHost(String value) {
    assertThat(HeadRules.isHost(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=b", "a/b", "a b", "a:", "a:b", "a:80:80", ":80", "a@b", "a%20", "[::1", "[]", "[g::]",
        "[::1]80", "[::1]:", "\u00e5"
      })
  void q3_anythingElseIsNoHost(String value) {
    assertThat(HeadRules.isHost(value)).isFalse();
  }

  @Test
  void q3_noHostIsTheBusinessOfTheParser() {
    assertThat(HeadRules.isHost(null)).isTrue();
  }
}
