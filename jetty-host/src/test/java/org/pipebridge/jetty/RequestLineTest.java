package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLineTest {

  private final RequestLine line = new RequestLine(100);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "GET / HTTP/1.0",
        "pAtch! /a?b HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "PRI * HTTP/2.0",
        "GET http://x/ HTTP/1.1",
        "GET /\u00e5 HTTP/1.1"
      })
  void q2_aRightLineIsFine(String text) {
    assertThat(scan(text + "\r\n")).isEqualTo(RequestLine.FINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " GET / HTTP/1.1",
        "GET  / HTTP/1.1",
        "GET /  HTTP/1.1",
        "GET / HTTP/1.1 ",
        "GET /",
        "GET",
        "GET / ",
        "G@T / HTTP/1.1",
        "GET / http/1.1",
        "GET / HTTP/1.11",
        "GET / HTTP/11",
        "GET / HTTQ/1.1",
        "GET /\u007f HTTP/1.1",
        "GET /\t HTTP/1.1"
      })
  void q2_aMalformedLineIsABadRequest(String text) {
    assertThat(scan(text + "\r\n")).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.2", "HTTP/3.0", "HTTP/0.9", "HTTP/2.1"})
  void q2_anUnknownVersionIsNotSupported(String version) {
    assertThat(scan("GET / " + version + "\r\n")).isEqualTo(505);
  }

  @Test
  void q2_aLineBeyondTheLimitIsTooLong() {
    assertThat(scan("GET /" + "a".repeat(84) + " HTTP/1.1")).isEqualTo(RequestLine.FINE);
    line.reset();
    assertThat(scan("GET /" + "a".repeat(95) + " HTTP/1.1")).isEqualTo(414);
  }

  @Test
  void aLineMayComeInPieces() {
    for (String piece : "GET /a HTTP/1.1\r\n".split("")) {
      assertThat(scan(piece)).isEqualTo(RequestLine.FINE);
    }
    assertThat(scan("anything: is not part of it")).isEqualTo(RequestLine.FINE);
  }

  @Test
  void emptyLinesInFrontAreSkipped() {
    assertThat(scan("\r\n\r\nGET / HTTP/1.1\r\n")).isEqualTo(RequestLine.FINE);
  }

  @Test
  void whereTheTargetAndTheLineAreIsKnown() {
    scan("GET /abc HTTP/1.1\r\nHost");
    assertThat(line.targetFrom()).isEqualTo(4);
    assertThat(line.targetTo()).isEqualTo(8);
    assertThat(line.end()).isEqualTo(19);
    assertThat(line.isOriginForm()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%2", "/%", "/a/../b", "/.well-known", "/%2e%2E/b", "/a/%2Eb"})
  void v13_v15_aTargetThatJettyMayRefuseIsOdd(String target) {
    scan("GET " + target + " HTTP/1.1\r\n");
    assertThat(line.isOdd()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a%20b", "/a.b/c..", "/%C3%A5", "/a%2Fb", "*"})
  void anOrdinaryTargetIsNotOdd(String target) {
    scan("GET " + target + " HTTP/1.1\r\n");
    assertThat(line.isOdd()).isFalse();
  }

  private int scan(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return line.scan(ByteBuffer.wrap(bytes), 0, bytes.length);
  }
}
