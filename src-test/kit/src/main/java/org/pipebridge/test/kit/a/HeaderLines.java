package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpReasonPhraseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K13, K14, K28 to K33: what of status line and headers reaches the client. */
final class HeaderLines {

  private HeaderLines() {}

  static List<Scenario> scenarios() {
    return List.of(
        k13(),
        k14(),
        k28(null),
        k28("mine"),
        k29(),
        k30(201, "Created"),
        k30(299, ""),
        k30(901, ""),
        k30(413, "Content Too Large"),
        k30(500, "Internal Server Error"),
        k30Phrase(),
        k30Error(),
        k32(),
        k32Escaping(),
        k33());
  }

  private static Scenario k13() {
    return Scenario.named("K13", "v9_contentIsFramedOnceWhateverTheApplicationSays")
        .rules("V9")
        .application(
            (context, run) -> {
              context.response().headers().set("Transfer-Encoding", "chunked");
              context.response().write("Hello World");
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("Hello World");
              assertThat(answer.head().values("Transfer-Encoding")).hasSizeLessThan(2);
              connection.isKept();
            });
  }

  private static Scenario k14() {
    return Scenario.named("K14", "v9_headersOfTheConnectionAreDropped")
        .rules("V9")
        .application(
            (context, run) -> {
              context.response().headers().set("Transfer-Encoding", "gzip");
              context.response().headers().set("Keep-Alive", "x");
              context.response().headers().set("Connection", "foo");
              context.response().write("hello");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello");
              assertThat(answer.head().values("Transfer-Encoding")).doesNotContain("gzip");
              assertThat(answer.head().values("Keep-Alive")).doesNotContain("x");
              assertThat(answer.head().values("Connection")).doesNotContain("foo");
              connection.isKept();
            });
  }

  private static Scenario k28(@Nullable String name) {
    String fact = name == null ? "theServerDoesNotTellItsName" : "theApplicationNamesTheServer";
    return Scenario.named("K28", "r28_" + fact)
        .rules("R28")
        .needs(Capability.HOST)
        .application(
            (context, run) -> {
              if (name != null) {
                context.response().headers().set("Server", name);
              }
            })
        .check(
            probe -> {
              Head head = probe.ask(probe.get()).isEmpty(200).head();
              assertThat(head.first("Server")).isEqualTo(name);
              assertThat(head.values("Server")).hasSizeLessThan(2);
              assertThat(head.values("Date")).hasSize(1);
            });
  }

  private static Scenario k29() {
    return Scenario.named("K29", "v5_eachValueIsALineOfItsOwn")
        .rules("V2", "V5")
        .application(
            (context, run) -> {
              context.response().headers().set("X-A", "");
              context.response().headers().set("X-B", "gone");
              context.response().headers().set("X-B", List.of());
              context.response().headers().add("Set-Cookie", "a=1");
              context.response().headers().add("Set-Cookie", "b=2");
            })
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).isEmpty(200);
              answer.hasHeader("X-A", "").hasNo("X-B");
              assertThat(answer.head().values("Set-Cookie")).containsExactly("a=1", "b=2");
            });
  }

  private static Scenario k30(int status, String phrase) {
    return Scenario.named("K30", "r29_aStatusOf" + status + "GoesOutAsSet")
        .rules("R29")
        .application((context, run) -> context.response().setStatus(status))
        .check(
            probe -> {
              Head head = probe.ask(probe.get()).isEmpty(status).head();
              if (probe.can(Capability.BYTES) && probe.can(Capability.HOST)) {
                assertThat(head.reason()).isEqualTo(phrase);
              }
            });
  }

  private static Scenario k30Phrase() {
    return Scenario.named("K30", "r29_aPhraseGoesOutWhereTheServerCanSendOne")
        .rules("R29", "F45")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().setStatus(201);
              HttpReasonPhraseFeature feature =
                  context.features().get(HttpReasonPhraseFeature.class);
              run.record("offered", feature != null);
              if (feature != null) {
                feature.setReasonPhrase("Well Done");
              }
            })
        .check(
            probe -> {
              Head head = probe.ask(probe.get()).isEmpty(201).head();
              boolean offered = probe.facts().contains("offered=true");
              assertThat(offered || !probe.can(Capability.HOST)).as("F45 is present").isTrue();
              if (offered) {
                assertThat(head.reason()).isEqualTo("Well Done");
              }
            });
  }

  private static Scenario k30Error() {
    return Scenario.named("K30", "f45_anErrorAnswerHasTheStandardPhrase")
        .rules("R29", "F45", "R12")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              HttpReasonPhraseFeature feature =
                  context.features().get(HttpReasonPhraseFeature.class);
              if (feature != null) {
                feature.setReasonPhrase("Well Done");
                run.attempt("line end", () -> feature.setReasonPhrase("a\r\nX-Injected: b"));
                run.record("kept", feature.reasonPhrase());
                context.response().start();
                run.attempt("late", () -> feature.setReasonPhrase("Later"));
              }
              throw new IllegalStateException("this application fails");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Head head = connection.answer().isEmpty500().head();
              if (probe.can(Capability.HOST)) {
                assertThat(head.reason()).isEqualTo("Internal Server Error");
                connection.send(probe.request("GET", "/"));
                assertThat(connection.answer().head().reason()).isEqualTo("Internal Server Error");
              }
              if (probe.can(Capability.HOST) || !probe.facts().isEmpty()) {
                assertThat(probe.facts())
                    .startsWith(
                        "line end=IllegalArgumentException",
                        "kept=Well Done",
                        "late=IllegalStateException");
              }
            });
  }

  private static Scenario k32() {
    return Scenario.named("K32", "r30_aStatusOutOfRangeIsRefused")
        .rules("R30")
        .application(
            (context, run) -> {
              run.attempt("100", () -> context.response().setStatus(100));
              run.attempt("0", () -> context.response().setStatus(0));
              run.attempt("1000", () -> context.response().setStatus(1000));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "100=IllegalArgumentException",
                      "0=IllegalArgumentException",
                      "1000=IllegalArgumentException");
            });
  }

  private static Scenario k32Escaping() {
    return Scenario.named("K32", "r30_anEscapingRefusalOfAStatusIsAFailure")
        .rules("R30", "R12")
        .application((context, run) -> context.response().setStatus(1000))
        .check(probe -> probe.ask(probe.get()).isEmpty500());
  }

  private static Scenario k33() {
    return Scenario.named("K33", "v4_badNamesAndValuesNeverGetIn")
        .rules("V3", "V4")
        .application(HeaderLines::setBadHeaders)
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).isEmpty(200);
              answer.hasNo("a b", "X-Bad", "X-Injected");
              assertThat(probe.facts())
                  .containsExactly(
                      "space=IllegalArgumentException",
                      "empty=IllegalArgumentException",
                      "line end=IllegalArgumentException",
                      "null=IllegalArgumentException",
                      "not ASCII=IllegalArgumentException",
                      "added=IllegalArgumentException");
            });
  }

  private static void setBadHeaders(HttpContext context, Run run) {
    var headers = context.response().headers();
    run.attempt("space", () -> headers.set("a b", "x"));
    run.attempt("empty", () -> headers.set("", "x"));
    run.attempt("line end", () -> headers.set("X-Bad", "x\r\nX-Injected: y"));
    run.attempt("null", () -> headers.set("X-Bad", "x\0"));
    run.attempt("not ASCII", () -> headers.set("X-Bad", "\u00e9"));
    run.attempt("added", () -> headers.add("X-Bad", "x\ny"));
  }
}
