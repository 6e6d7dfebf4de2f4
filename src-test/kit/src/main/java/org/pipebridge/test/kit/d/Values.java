package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.pipebridge.feature.CookieOptions;
import org.pipebridge.feature.CookieOptions.SameSite;
import org.pipebridge.feature.Query;
import org.pipebridge.feature.RequestCookies;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Scenario;

/** K104 to K106: query and cookies. */
final class Values {

  private static final CookieOptions OPTIONS =
      CookieOptions.DEFAULT
          .withPath("/p")
          .withDomain("x.org")
          .withMaxAge(Duration.ofMinutes(1))
          .withSameSite(SameSite.LAX);

  private Values() {}

  static List<Scenario> scenarios() {
    return List.of(k104(), k104Undecodable(), k105(), k106(), k106Deleted());
  }

  private static Scenario k104() {
    return Scenario.named("K104", "v26_repeatedNamesCollect")
        .rules("V25", "V26")
        .application(
            (context, run) -> {
              Query query = context.request().query();
              run.record("a", query.values("A"));
              run.record("b", query.first("b"));
              run.record("names", query.names());
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.request("GET", "/?a=1&b=%C3%A5+x&a=2")).isEmpty(200);
              assertThat(probe.facts()).containsExactly("a=[1, 2]", "b=\u00e5 x", "names=[a, b]");
            });
  }

  private static Scenario k104Undecodable() {
    return Scenario.named("K104", "v25_whatCannotBeDecodedStays")
        .rules("V25", "V24")
        .application(
            (context, run) -> {
              run.record("c", context.request().query().first("c"));
              run.record("raw", context.request().queryString());
            })
        .once()
        .check(
            probe -> {
              Answer answer = probe.ask(probe.request("GET", "/?a=1&c=%"));
              if (answer.status() != 400 || probe.can(Capability.HOST)) {
                answer.isEmpty(200);
                assertThat(probe.facts()).containsExactly("c=%", "raw=?a=1&c=%");
              }
            });
  }

  private static Scenario k105() {
    return Scenario.named("K105", "v30_cookiesOfAllLinesAreRead")
        .rules("V30", "V10")
        .application(
            (context, run) -> {
              RequestCookies cookies = context.request().cookies();
              for (String name : List.of("a", "A", "bad", "z")) {
                run.record(name, cookies.get(name));
              }
            })
        .once()
        .check(
            probe -> {
              probe
                  .ask(probe.get().header("Cookie", "a=1; A=%20; bad; a=2").header("Cookie", "z=9"))
                  .isEmpty(200);
              assertThat(probe.facts()).containsExactly("a=2", "A= ", "bad=null", "z=9");
            });
  }

  private static Scenario k106() {
    return Scenario.named("K106", "v33_aCookieIsWrittenWithItsAttributes")
        .rules("V32", "V33")
        .application(
            (context, run) -> {
              context.response().cookies().append("a", "b c", OPTIONS);
              context.response().cookies().append("plain", "1");
            })
        .once()
        .check(
            probe ->
                assertThat(probe.ask(probe.get()).isEmpty(200).head().values("Set-Cookie"))
                    .containsExactly(
                        "a=b%20c; max-age=60; domain=x.org; path=/p; samesite=lax",
                        "plain=1; path=/"));
  }

  private static Scenario k106Deleted() {
    return Scenario.named("K106", "v34_aDeletedCookieOnlyExpires")
        .rules("V34")
        .application(
            (context, run) -> {
              context.response().cookies().append("a", "b c", OPTIONS);
              context.response().cookies().delete("a", OPTIONS);
            })
        .once()
        .check(
            probe ->
                assertThat(probe.ask(probe.get()).isEmpty(200).head().values("Set-Cookie"))
                    .containsExactly(
                        "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT; domain=x.org; path=/p;"
                            + " samesite=lax"));
  }
}
