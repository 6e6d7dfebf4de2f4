package org.pipebridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.CookieOptions;
import org.pipebridge.feature.CookieOptions.SameSite;
import org.pipebridge.feature.RequestCookies;

/** Cookies over the headers that carry them (F33, F34). */
final class CookiesTest {

  private static final String EXPIRED = "; expires=Thu, 01 Jan 1970 00:00:00 GMT";

  private final ThreeFeatures server = new ThreeFeatures();
  private final HttpRequest request = server.context.request();
  private final HttpResponse response = server.context.response();

  @Test
  void v30_allCookieHeadersAreRead() {
    server.header("Cookie", "a=1; A=%20; bad; a=2").header("cookie", "z=9");

    RequestCookies cookies = request.cookies();

    assertThat(cookies.asMap())
        .containsExactly(Map.entry("a", "2"), entry("A", " "), entry("z", "9"));
    assertThat(cookies.get("b")).isNull();
  }

  @Test
  void v30_malformedPairsAreSkippedAlone() {
    server.header("Cookie", "=x; a b=1; ; ;;ok=yes; (=1; last=%zz%41");

    assertThat(request.cookies().asMap())
        .containsExactly(entry("ok", "yes"), entry("last", "%zzA"));
  }

  @Test
  void v30_quotesAroundAValueGoAndNamesAreNotUnescaped() {
    server.header("Cookie", "a=\"x y\"; %41=b=c; e=; q=\"");

    assertThat(request.cookies().asMap())
        .containsExactly(entry("a", "x y"), entry("%41", "b=c"), entry("e", ""), entry("q", "\""));
  }

  @Test
  void v30_theHeaderIsParsedAgainWhenItChanged() {
    server.header("Cookie", "a=1");
    assertThat(request.cookies().get("a")).isEqualTo("1");

    request.headers().set("Cookie", "a=2");

    assertThat(request.cookies().get("a")).isEqualTo("2");
    assertThat(request.cookies()).isSameAs(request.cookies());
  }

  @Test
  void v31_settingCookiesRewritesTheHeader() {
    Map<String, String> cookies = new LinkedHashMap<>();
    cookies.put("a", "1 ;å");
    cookies.put("b", "");

    request.setCookies(RequestCookies.of(cookies));

    assertThat(request.headers().values("Cookie")).containsExactly("a=1%20%3B%C3%A5; b=");
    assertThat(request.cookies().asMap()).isEqualTo(cookies);
  }

  @Test
  void v31_anEmptySetRemovesTheHeader() {
    server.header("Cookie", "a=1");

    request.setCookies(RequestCookies.EMPTY);

    assertThat(request.headers().contains("Cookie")).isFalse();
    assertThat(request.cookies().asMap()).isEmpty();
  }

  @Test
  void v31_namesThatAreNoTokensAreRefused() {
    RequestCookies cookies = RequestCookies.of(Map.of("a;b", "1"));

    assertThatIllegalArgumentException().isThrownBy(() -> request.setCookies(cookies));
  }

  @Test
  void v32_appendAddsOneValueAndTouchesNoOther() {
    response.headers().add("Set-Cookie", "JSESSIONID=1; Path=/");

    response.cookies().append("a", "1");
    response.cookies().append("a", "x y;å");

    assertThat(response.headers().values("Set-Cookie"))
        .containsExactly("JSESSIONID=1; Path=/", "a=1; path=/", "a=x%20y%3B%C3%A5; path=/");
  }

  @Test
  void v32_theNameMustBeAToken() {
    for (String name : List.of("", "a b", "a=b", "å", "a;b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> response.cookies().append(name, "1"))
          .withMessageContaining("token");
    }
    assertThat(response.headers().contains("Set-Cookie")).isFalse();
  }

  @Test
  void v33_attributesComeInThisOrder() {
    CookieOptions options =
        CookieOptions.DEFAULT
            .withExpires(Instant.parse("1994-11-06T08:49:37Z"))
            .withMaxAge(Duration.ofMinutes(2))
            .withDomain("x.org")
            .withPath("/p")
            .withSecure(true)
            .withSameSite(SameSite.LAX)
            .withHttpOnly(true)
            .withExtensions(List.of("Partitioned", "Priority=High"));

    response.cookies().append("n", "v", options);

    assertThat(response.headers().first("Set-Cookie"))
        .isEqualTo(
            "n=v; expires=Sun, 06 Nov 1994 08:49:37 GMT; max-age=120; domain=x.org; path=/p;"
                + " secure; samesite=lax; httponly; Partitioned; Priority=High");
  }

  @Test
  void v33_eachAttributeIsWrittenOnlyWhenSet() {
    response.cookies().append("a", "", CookieOptions.DEFAULT.withPath(null));
    response.cookies().append("b", "", CookieOptions.DEFAULT.withSameSite(SameSite.NONE));
    response.cookies().append("c", "", CookieOptions.DEFAULT.withSameSite(SameSite.STRICT));

    assertThat(response.headers().values("Set-Cookie"))
        .containsExactly("a=", "b=; path=/; samesite=none", "c=; path=/; samesite=strict");
  }

  @Test
  void v34_deleteLeavesOnlyTheExpiredOne() {
    response.cookies().append("a", "1");
    response.cookies().append("ab", "2");

    response.cookies().delete("a");

    assertThat(response.headers().values("Set-Cookie"))
        .containsExactly("ab=2; path=/", "a=" + EXPIRED + "; path=/");
  }

  @Test
  void v34_deleteMatchesTheDomainElseThePath() {
    CookieOptions here = CookieOptions.DEFAULT.withPath("/here");
    CookieOptions there = CookieOptions.DEFAULT.withDomain("there.org");
    response.cookies().append("a", "1", here);
    response.cookies().append("a", "2", there.withPath("/other"));
    response.cookies().append("a", "3");

    response.cookies().delete("a", there);
    response.cookies().delete("a", here);

    assertThat(response.headers().values("Set-Cookie"))
        .containsExactly(
            "a=3; path=/",
            "a=" + EXPIRED + "; domain=there.org; path=/",
            "a=" + EXPIRED + "; path=/here");
  }

  @Test
  void v34_theExpiredOneKeepsSecureSameSiteAndHttpOnly() {
    CookieOptions options =
        CookieOptions.DEFAULT
            .withMaxAge(Duration.ofDays(1))
            .withSecure(true)
            .withSameSite(SameSite.STRICT)
            .withHttpOnly(true);

    response.cookies().delete("a", options);

    assertThat(response.headers().first("Set-Cookie"))
        .isEqualTo("a=" + EXPIRED + "; path=/; secure; samesite=strict; httponly");
  }

  @Test
  void v6_cookiesAreRefusedAfterTheStart() throws Exception {
    response.start();

    assertThatIllegalStateException().isThrownBy(() -> response.cookies().append("a", "1"));
    assertThatIllegalStateException().isThrownBy(() -> response.cookies().delete("a"));
    assertThat(response.headers().contains("Set-Cookie")).isFalse();
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value);
  }
}
