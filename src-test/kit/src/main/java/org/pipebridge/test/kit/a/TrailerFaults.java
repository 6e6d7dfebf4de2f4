package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pipebridge.test.kit.a.TrailerChecks.A;
import static org.pipebridge.test.kit.a.TrailerChecks.accepting;
import static org.pipebridge.test.kit.a.TrailerChecks.answer;
import static org.pipebridge.test.kit.a.TrailerChecks.hasTrailers;
import static org.pipebridge.test.kit.a.TrailerChecks.kept;
import static org.pipebridge.test.kit.a.TrailerChecks.supported;
import static org.pipebridge.test.kit.a.TrailerChecks.with;

import java.util.List;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Scenario;

/** K37, K38: trailers that are refused, and those of a response that fails. */
final class TrailerFaults {

  private TrailerFaults() {}

  static List<Scenario> scenarios() {
    return List.of(k37(), k37Forbidden(), k38(), k38Late());
  }

  private static void fail() {
    throw new IllegalStateException("this application fails");
  }

  private static Scenario k37() {
    return Scenario.named("K37", "t4_trailersAreFixedWhenTheResponseIsComplete")
        .rules("T4", "T6", "V3", "V4")
        .application(
            with(
                (context, run) -> {
                  HttpResponse response = context.response();
                  response.appendTrailer("X-T", "a");
                  run.attempt("name", () -> response.appendTrailer("a b", "c"));
                  run.attempt("value", () -> response.appendTrailer("X-B", "c\r\nX-D: e"));
                  run.attempt("declared", () -> response.declareTrailer("a b"));
                  response.write("hello");
                  response.complete();
                  run.attempt("late", () -> response.appendTrailer("X-L", "f"));
                  run.attempt("too late", () -> response.declareTrailer("X-L"));
                  run.attempt("replaced", () -> replace(context));
                }))
        .check(
            probe -> {
              Answer answer = probe.ask(accepting(probe)).hasStatus(200);
              if (supported(probe)) {
                hasTrailers(answer.hasText("hello"), A);
                assertThat(probe.facts(6))
                    .containsExactly(
                        "name=IllegalArgumentException",
                        "value=IllegalArgumentException",
                        "declared=IllegalArgumentException",
                        "late=IllegalStateException",
                        "too late=IllegalStateException",
                        "replaced=IllegalStateException");
              }
            });
  }

  private static void replace(HttpContext context) {
    context.features().require(HttpResponseTrailersFeature.class).setTrailers(new HeaderMap());
  }

  private static Scenario k37Forbidden() {
    return Scenario.named("K37", "t3_fieldsThatFrameAMessageAreNotSentAsTrailers")
        .rules("T3")
        .application(
            with(
                (context, run) -> {
                  context.response().write("hello");
                  context.response().appendTrailer("Content-Length", "3");
                  context.response().appendTrailer("set-cookie", "a=b");
                  context.response().appendTrailer("X-T", "a");
                }))
        .once()
        .check(kept(TrailerChecks::accepting, answer -> hasTrailers(answer.hasText("hello"), A)));
  }

  private static Scenario k38() {
    return Scenario.named("K38", "t7_anErrorAnswerHasNoTrailers")
        .rules("T7", "R11", "R12")
        .application(
            with(
                (context, run) -> {
                  context.response().appendTrailer("X-T", "a");
                  if (context.request().path().endsWith("/started")) {
                    context.response().write("hello");
                  }
                  fail();
                }))
        .check(
            probe -> {
              for (String path : List.of("/", "/started")) {
                Answer answer = probe.ask(accepting(probe.request("GET", path)));
                if (supported(probe)) {
                  hasTrailers(answer.isEmpty500());
                }
              }
            });
  }

  private static Scenario k38Late() {
    return Scenario.named("K38", "t7_aBrokenResponseHasNoTrailers")
        .rules("T7", "R11")
        .needs(Capability.BYTES)
        .application(
            with(
                (context, run) -> {
                  answer(context, run);
                  fail();
                }))
        .check(
            probe -> {
              Answer answer = probe.ask(accepting(probe)).hasStatus(200);
              if (supported(probe)) {
                assertThat(answer.isKilled().trailers()).isEmpty();
              }
            });
  }
}
