package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.Query;

/** The view of a request over the features behind it (F20, F31). */
final class HttpRequestTest {

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpRequest request = server.context.request();

  @Test
  void q1_everyMemberIsReadBack() {
    request.setProtocol("HTTP/2");
    request.setScheme("https");
    request.setMethod("fOO");
    request.setPathBase("/base");
    request.setPath("/p");
    request.setQueryString("?q");
    request.setRawTarget("/base/p?q");
    request.setContentType("text/plain");

    assertThat(request.protocol()).isEqualTo("HTTP/2");
    assertThat(request.scheme()).isEqualTo("https");
    assertThat(request.method()).isEqualTo("fOO");
    assertThat(request.pathBase()).isEqualTo("/base");
    assertThat(request.path()).isEqualTo("/p");
    assertThat(request.queryString()).isEqualTo("?q");
    assertThat(request.rawTarget()).isEqualTo("/base/p?q");
    assertThat(request.contentType()).isEqualTo("text/plain");
    assertThat(server.request.path()).isEqualTo("/p");
  }

  @ParameterizedTest
  @CsvSource({"https, true", "HttpS, true", "http, false", "wss, false"})
  void c4_httpsIsToldByTheSchemeInAnyCase(String scheme, boolean https) {
    request.setScheme(scheme);

    assertThat(request.isHttps()).isEqualTo(https);
  }

  @Test
  void c4_setHttpsWritesTheScheme() {
    request.setHttps(true);
    assertThat(request.scheme()).isEqualTo("https");

    request.setHttps(false);
    assertThat(request.scheme()).isEqualTo("http");
  }

  @Test
  void c4_contentTypeIsTheFirstValueAndLengthIsANumber() {
    assertThat(request.contentType()).isNull();
    assertThat(request.contentLength()).isEqualTo(OptionalLong.empty());

    server
        .header("content-type", "a/b")
        .header("Content-Type", "c/d")
        .header("content-length", "7");

    assertThat(request.contentType()).isEqualTo("a/b");
    assertThat(request.contentLength()).hasValue(7);
    request.setContentType("");
    assertThat(request.headers().contains("Content-Type")).isFalse();
  }

  @Test
  void c5_hostIsThatOfTheHeader() {
    assertThat(request.host().hasValue()).isFalse();

    request.setHost(HostString.of("bücher.example", 80));

    assertThat(request.headers().first("Host")).isEqualTo("xn--bcher-kva.example:80");
    assertThat(request.host().host()).isEqualTo("bücher.example");
    request.setHost(HostString.EMPTY);
    assertThat(request.headers().contains("Host")).isFalse();
  }

  @Test
  void c6_settersCheckTheirText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.setPath("x"))
        .withMessageContaining("\"x\"");
    assertThatIllegalArgumentException().isThrownBy(() -> request.setPathBase("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> request.setQueryString("a=1"));
    assertThatNullPointerException().isThrownBy(() -> request.setPath(null));

    request.setPath("");
    request.setPathBase("");
    request.setQueryString("");
    server.request.setPath("unchecked");
    assertThat(request.path()).isEqualTo("unchecked");
  }

  @ParameterizedTest
  @CsvSource({
    "/base, /a b, ?q=%20, http://x:80/base/a b?q=%20, http://x:80/base/a%20b?q=%20",
    "'', '', '', http://x:80/, http://x:80/",
    "'', '', ?q, http://x:80/?q, http://x:80/?q",
    "/å, '', '', http://x:80/å, http://x:80/%C3%A5",
    "'', /a%2Fb, '', http://x:80/a%2Fb, http://x:80/a%2Fb",
  })
  void v23_urlsAreForPeopleAndForHeaders(
      String base, String path, String query, String display, String encoded) {
    request.setHost(new HostString("x:80"));
    request.setPathBase(base);
    request.setPath(path);
    request.setQueryString(query);

    assertThat(request.displayUrl()).isEqualTo(display);
    assertThat(request.encodedUrl()).isEqualTo(encoded);
    assertThat(request.encodedPathAndQuery()).isEqualTo(encoded.substring("http://x:80".length()));
  }

  @Test
  void v28_settingTheQueryRewritesTheRawText() {
    request.setQuery(Query.of(Map.of("a b", List.of("1", "å"))));

    assertThat(request.queryString()).isEqualTo("?a%20b=1&a%20b=%C3%A5");
    assertThat(request.query().values("A B")).containsExactly("1", "å");
    request.setQuery(Query.EMPTY);
    assertThat(request.queryString()).isEmpty();
  }

  @Test
  void v28_settingTheRawTextRenewsTheQuery() {
    request.setQueryString("?a=1");
    Query first = request.query();
    assertThat(request.query()).isSameAs(first);

    request.setQueryString("?a=2");

    assertThat(request.query().first("a")).isEqualTo("2");
    assertThat(first.first("a")).isEqualTo("1");
  }

  @Test
  void f21_withoutAServersBodyThereIsNoContent() throws Exception {
    assertThat(request.body().read()).isEqualTo(-1);
    assertThat(request.body().readAllBytes()).isEmpty();
    assertThat(request.body()).isSameAs(request.body());
    assertThat(request.read(ByteBuffer.allocate(1)).toCompletableFuture()).isCompletedWithValue(-1);
  }

  @Test
  void c12_theEmptyBodyThrowsAfterTheEnd() throws Exception {
    var body = request.body();
    server.end();

    assertThatIllegalStateException().isThrownBy(body::read);
    assertThatIllegalStateException().isThrownBy(() -> body.read(new byte[1]));
  }

  @Test
  void q23_aReplacedBodyIsWhatLaterReadersSee() throws Exception {
    server.body("old".getBytes());
    server.features.set(
        HttpRequestBodyFeature.class,
        HttpRequestBodyFeature.of(new ByteArrayInputStream("new".getBytes())));

    assertThat(request.body().readAllBytes()).asString().isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, , , false",
    "HTTP/1.1, 0, , false",
    "HTTP/1.1, 5, , true",
    "HTTP/1.1, , chunked, true",
    "HTTP/1.1, bad, , true",
    "HTTP/2, , , true",
    "HTTP/2, 0, , false",
  })
  void f29_contentIsDetectedByTheHeaders(
      String protocol, String length, String encoding, boolean expected) {
    request.setProtocol(protocol);
    if (length != null) {
      server.header("Content-Length", length);
    }
    if (encoding != null) {
      server.header("Transfer-Encoding", encoding);
    }

    assertThat(request.canHaveBody()).isEqualTo(expected);
  }

  @Test
  void t1_trailersAreThoseOfTheirFeature() {
    assertThatIllegalStateException().isThrownBy(request::trailers);
    Headers trailers = Headers.create();
    server.features.set(
        HttpRequestTrailersFeature.class,
        new HttpRequestTrailersFeature() {
          @Override
          public boolean available() {
            return true;
          }

          @Override
          public Headers trailers() {
            return trailers;
          }
        });

    assertThat(request.supportsTrailers()).isTrue();
    assertThat(request.trailersAvailable()).isTrue();
    assertThat(request.trailers()).isSameAs(trailers);
  }
}
