package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;

final class ServletRequestFeatureTest {

  /** F20: never "HTTP/2.0". */
  @ParameterizedTest
  @CsvSource({
    "HTTP/1.0, HTTP/1.0",
    "HTTP/1.1, HTTP/1.1",
    "HTTP/2.0, HTTP/2",
    "HTTP/2, HTTP/2",
    "HTTP/3.0, HTTP/3"
  })
  void protocolIsNormalised(String given, String protocol) throws Exception {
    Served.serve(
        Stubs.request(Map.of("getProtocol", given)),
        context -> assertThat(context.request().protocol()).isEqualTo(protocol));
  }

  /** V24: some containers tell an empty query from none. */
  @Test
  void queryBeginsWithItsQuestionMark() throws Exception {
    Served.serve(
        Stubs.request(Map.of("getQueryString", "a=%20")),
        context -> assertThat(context.request().queryString()).isEqualTo("?a=%20"));
    Served.serve(
        Stubs.request(Map.of("getQueryString", "")),
        context -> assertThat(context.request().queryString()).isEqualTo("?"));
    Served.serve(
        Stubs.request(Map.of()), context -> assertThat(context.request().queryString()).isEmpty());
  }

  /** F20, V18: a container has kept the raw URI and the query. */
  @Test
  void rawTargetIsUriAndQuery() throws Exception {
    Served.serve(
        Stubs.request(Map.of("getRequestURI", "/a;x/%2e", "getQueryString", "q=%zz")),
        context -> assertThat(context.request().rawTarget()).isEqualTo("/a;x/%2e?q=%zz"));
  }

  /** Q1: a part that is set leaves the others as they came. */
  @Test
  void eachMemberCanBeSetAlone() throws Exception {
    Map<String, ?> answers =
        Map.of("getRequestURI", "/c/a", "getServletContext", Stubs.context("/c"));
    Served.serve(
        Stubs.request(answers),
        context -> {
          context.request().setPath("/b");
          assertThat(context.request().pathBase()).isEqualTo("/c");
          assertThat(context.request().path()).isEqualTo("/b");
        });
    Served.serve(
        Stubs.request(answers),
        context -> {
          context.request().setPathBase("");
          assertThat(context.request().pathBase()).isEmpty();
          assertThat(context.request().path()).isEqualTo("/a");
        });
    Served.serve(
        Stubs.request(answers),
        context -> {
          HttpRequest request = context.request();
          request.setMethod("foo");
          request.setScheme("https");
          request.setProtocol("HTTP/9");
          request.setQueryString("?x");
          request.setRawTarget("/raw");
          assertThat(request.method()).isEqualTo("foo");
          assertThat(request.scheme()).isEqualTo("https");
          assertThat(request.protocol()).isEqualTo("HTTP/9");
          assertThat(request.queryString()).isEqualTo("?x");
          assertThat(request.rawTarget()).isEqualTo("/raw");
          assertThat(request.path()).isEqualTo("/a");
        });
  }

  /** V14: what a container lets through is refused by the adapter. */
  @ParameterizedTest
  @CsvSource({"/a%00b, ''", "/a, q=%00", "/a\u0001b, ''", "/a\u007fb, ''"})
  void controlCharactersNeverReachTheApplication(String uri, String query) throws Exception {
    AtomicReference<HttpContext> seen = new AtomicReference<>();
    Served.serve(Stubs.request(Map.of("getRequestURI", uri, "getQueryString", query)), seen::set);
    assertThat(seen).hasNullValue();
  }

  /** C12. */
  @Test
  void nothingCanBeReadWhenTheRequestIsOver() throws Exception {
    AtomicReference<HttpRequestFeature> kept = new AtomicReference<>();
    Served.serve(
        Stubs.request(Map.of()),
        context -> kept.set(context.features().require(HttpRequestFeature.class)));
    HttpRequestFeature request = kept.get();
    assertThatIllegalStateException().isThrownBy(request::protocol);
    assertThatIllegalStateException().isThrownBy(request::scheme);
    assertThatIllegalStateException().isThrownBy(request::method);
    assertThatIllegalStateException().isThrownBy(request::pathBase);
    assertThatIllegalStateException().isThrownBy(request::path);
    assertThatIllegalStateException().isThrownBy(request::queryString);
    assertThatIllegalStateException().isThrownBy(request::rawTarget);
    assertThatIllegalStateException().isThrownBy(request::headers);
    assertThatIllegalStateException().isThrownBy(() -> request.setPath("/"));
  }
}
