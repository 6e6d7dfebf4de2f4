package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServletTargetTest {

  /** V20: the context path, and the prefix of a mapping "/x/*" or "/x". */
  @ParameterizedTest
  @CsvSource({
    "'', /*, /, '', /",
    "'', /*, /a/b, '', /a/b",
    "'', /, /a/b, '', /a/b",
    "'', '', /, '', /",
    "'', *.do, /a/b.do, '', /a/b.do",
    "'', /x/*, /x/y, /x, /y",
    "'', /x/*, /x/, /x, /",
    "'', /x/*, /x, /x, ''",
    "'', /x/y/*, /x/y/z, /x/y, /z",
    "'', /x, /x, /x, ''",
    "/c, /*, /c, /c, ''",
    "/c, /*, /c/, /c, /",
    "/c, /, /c/a, /c, /a",
    "/c, *.do, /c/a.do, /c, /a.do",
    "/c, /x/*, /c/x/y, /c/x, /y",
    "/c, /x, /c/x, /c/x, ''",
    "/2/3, /*, /2/3/r, /2/3, /r",
    "/11, /*, /11, /11, ''"
  })
  void mountPointIsContextAndMappedPrefix(
      String context, String pattern, String uri, String pathBase, String path) {
    assertThat(servlet(context, pattern, uri)).isEqualTo(new ServletTarget(pathBase, path));
  }

  /** V11 to V13: parameters go, then what can be decoded is decoded, once. */
  @ParameterizedTest
  @CsvSource({
    "/c/a%20b, /a b",
    "/c/a+b, /a+b",
    "/c/a%2Fb, /a%2Fb",
    "/c/a%252Fb, /a%2Fb",
    "/c/a;x=1/b;jsessionid=2, /a/b",
    "/c/a%3Bx, /a;x",
    "/c/%C3%A9, /\u00e9",
    "/c/%zz%C3, /%zz%C3",
    "/c/a/../b, /b",
    "/c/a/%2e%2E/b, /b",
    "/c/a/..;x/b, /b",
    "/c/a//b, /a//b"
  })
  void pathIsDecodedFromTheRawUri(String uri, String path) {
    assertThat(servlet("/c", "/*", uri)).isEqualTo(new ServletTarget("/c", path));
  }

  /** Whatever the container skipped to find the context or the servlet. */
  @ParameterizedTest
  @CsvSource({
    "/c, /*, /c;x=1/y, /c, /y",
    "/c, /*, /%63/y, /c, /y",
    "/c, /*, /x/../c/y, /c, /y",
    "/c, /*, //c/y, /c, /y",
    "/c, /x/*, /c//x/y, /c/x, /y",
    "/c, /x/*, /c/x//y, /c/x, //y",
    "/base path, /*, /base%20path/y//z, /base path, /y//z",
    "/base%20path, /*, /base%20path/y//z, /base path, /y//z"
  })
  void mountPointIsFoundByItsSegments(
      String context, String pattern, String uri, String pathBase, String path) {
    assertThat(servlet(context, pattern, uri)).isEqualTo(new ServletTarget(pathBase, path));
  }

  /** V16, V34: so that a rule on the path holds for what the container maps. */
  @ParameterizedTest
  @CsvSource({"/c//a///b, /c, /a/b", "//c/a, /c, /a", "/c, /c, ''", "/c/a/../b, /c, /b"})
  void emptySegmentsGoInFilter(String uri, String pathBase, String path) {
    HttpServletRequest request = request("/c", "/a/*", uri);
    assertThat(ServletTarget.of(new ServletServer(), request, true))
        .isEqualTo(new ServletTarget(pathBase, path));
  }

  /** V17, V18. */
  @ParameterizedTest
  @CsvSource({"*, ''", "h:80, ''", "http://h/a%20b, /a b", "http://h, /"})
  void otherFormsOfTargetHaveTheirPathOrNone(String uri, String path) {
    assertThat(servlet("", "/*", uri)).isEqualTo(new ServletTarget("", path));
  }

  @Test
  void noUriHasNoPath() {
    HttpServletRequest request = Stubs.stub(HttpServletRequest.class, Map.of());
    assertThat(ServletTarget.of(new ServletServer(), request, false))
        .isEqualTo(new ServletTarget("", ""));
  }

  /** W42. */
  @Test
  void includeHasTheTargetOfTheInclude() {
    HttpServletRequest request =
        Stubs.request(
            Map.of(
                "getDispatcherType",
                DispatcherType.INCLUDE,
                "getServletContext",
                Stubs.context("/c"),
                "getRequestURI",
                "/c/outer",
                "getAttribute " + RequestDispatcher.INCLUDE_REQUEST_URI,
                "/c/x/inner",
                "getAttribute " + RequestDispatcher.INCLUDE_MAPPING,
                Stubs.mapping("/x/*")));
    assertThat(ServletTarget.of(new ServletServer(), request, false))
        .isEqualTo(new ServletTarget("/c/x", "/inner"));
  }

  private static ServletTarget servlet(String context, String pattern, String uri) {
    return ServletTarget.of(new ServletServer(), request(context, pattern, uri), false);
  }

  private static HttpServletRequest request(String context, String pattern, String uri) {
    return Stubs.request(
        Map.of(
            "getServletContext",
            Stubs.context(context),
            "getHttpServletMapping",
            Stubs.mapping(pattern),
            "getRequestURI",
            uri));
  }
}
