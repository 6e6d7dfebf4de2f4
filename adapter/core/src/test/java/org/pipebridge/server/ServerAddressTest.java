package org.pipebridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5000, http, localhost, 5000",
    "HTTP://example.org:80, http, example.org, 80",
    "http://127.0.0.1:0, http, 127.0.0.1, 0",
    "https://[::1]:8443, https, [::1], 8443",
    "http://[fe80::1]:1, http, [fe80::1], 1",
    "http://*:65535, http, *, 65535",
    "http://+:81, http, +, 81",
    "http://my_host-1.example.:081, http, my_host-1.example., 81",
  })
  void s24_anAddressHasSchemeHostAndPort(String text, String scheme, String host, int port) {
    assertThat(ServerAddress.parse(text)).isEqualTo(new ServerAddress(scheme, host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, 80",
    "https://localhost, 443",
    "http://[::]/, 80",
    "https://*/, 443",
  })
  void s24_noPortMeans80Or443(String text, int port) {
    assertThat(ServerAddress.parse(text).port()).isEqualTo(port);
  }

  @Test
  void s24_aFinalSlashAndSpaceAroundAreDropped() {
    assertThat(ServerAddress.parse(" http://a:1/ ")).hasToString("http://a:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:5000",
        "//localhost:5000",
        "http:/localhost",
        "http//localhost",
        "ftp://localhost:21",
        "://localhost",
        "http+unix://x",
        "http://",
        "http:///",
        "http://:80",
        "http://a:",
        "http://a:x",
        "http://a:-1",
        "http://a:+80",
        "http://a:8 0",
        "http://a:65536",
        "http://a:70000",
        "http://a:99999999999999999999",
        "http://a:\u0661",
        "http://a b:1",
        "http://u@a:1",
        "http://*a:1",
        "http://a%41:1",
        "http://::1:80",
        "http://[::1:80",
        "http://[]:80",
        "http://[x]:80",
        "http://[127.0.0.1]:80",
        "http://[::1]x:80",
        "http://256.0.0.1:80",
        "http://127.1:80",
        "http://1.2.3.4.:80",
        "http://a:1\nb",
      })
  void s24_aMalformedAddressIsRefusedNamingTheText(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a:1/app", "http://a/app/", "http://a:1//", "http://a?x", "http://a#x"})
  void s24_aPathIsRefusedPointingToPathBaseMiddleware(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text))
        .withMessageContaining(text)
        .withMessageContaining("PathBaseMiddleware");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:0", "https://LOCALHOST:0/"})
  void s25_localhostWithPort0IsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text))
        .withMessageContaining(text)
        .withMessageContaining("127.0.0.1:0");
  }

  @Test
  void s25_anIpLiteralIsOneAddressAndANameIsNone() throws Exception {
    assertThat(ServerAddress.parse("http://127.0.0.2:1").literal())
        .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
    assertThat(ServerAddress.parse("http://[::1]:1").literal())
        .isEqualTo(InetAddress.getByName("::1"));
    assertThat(ServerAddress.parse("http://example.org:1").literal()).isNull();
    assertThat(ServerAddress.parse("http://*:1").literal()).isNull();
    assertThat(ServerAddress.parse("http://localhost:1").literal()).isNull();
  }

  @Test
  void s25_localhostIsKnownInAnyCase() {
    assertThat(ServerAddress.parse("http://LocalHost:1").isLocalhost()).isTrue();
    assertThat(ServerAddress.parse("http://localhost.example:1").isLocalhost()).isFalse();
  }

  @Test
  void s20_theDefaultIsLocalhost5000() {
    assertThat(ServerAddress.DEFAULT).hasToString("http://localhost:5000");
  }

  @Test
  @SuppressWarnings("NullAway")
  void e3_nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> ServerAddress.parse(null))
        .withMessage("text");
  }
}
