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
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Scenario;

/** K34 to K36: the fields that come after the content of a response. */
final class Trailers {

  private Trailers() {}

  static List<Scenario> scenarios() {
    return List.of(
        k34Declared(),
        k34Accepted(),
        k34WithoutContent(),
        k34Replaced(),
        k35Unwanted(),
        k35Length(),
        k35Head(),
        k36());
  }

  private static Scenario k34Declared() {
    return Scenario.named("K34", "t6_anAnnouncedTrailerIsSentAfterTheContent")
        .rules("T4", "T5", "T6", "T8", "F40")
        .application(
            with(
                (context, run) -> {
                  HttpResponse response = context.response();
                  response.declareTrailer("X-T");
                  response.write("hello");
                  response.flush();
                  run.await("seen");
                  response.write(" world");
                  response.appendTrailer("X-T", "a");
                }))
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              if (probe.can(Capability.HOST)) {
                assertThat(connection.content(5)).asString().isEqualTo("hello");
              }
              probe.signal("seen");
              Answer answer = connection.answer().hasStatus(200);
              if (supported(probe)) {
                answer.hasText("hello world").hasHeader("Trailer", "X-T").hasNo("Content-Length");
                hasTrailers(answer, A);
              }
              connection.isKept();
            });
  }

  private static Scenario k34Accepted() {
    return Scenario.named("K34", "t5_aClientThatAcceptsTrailersGetsThem")
        .rules("T4", "T5", "F40")
        .application(
            with(
                (context, run) -> {
                  context.response().write("hello");
                  context.response().appendTrailer("X-T", "a");
                  context.response().appendTrailer("X-U", "b");
                }))
        .check(
            kept(
                TrailerChecks::accepting,
                answer -> hasTrailers(answer.hasText("hello"), A, new Field("X-U", "b"))));
  }

  private static Scenario k34WithoutContent() {
    return Scenario.named("K34", "t5_aResponseWithoutContentCanHaveTrailers")
        .rules("T5", "F40")
        .application(with((context, run) -> context.response().appendTrailer("X-T", "a")))
        .check(kept(TrailerChecks::accepting, answer -> hasTrailers(answer.hasText(""), A)));
  }

  private static Scenario k34Replaced() {
    return Scenario.named("K34", "t4_theCollectionOfTrailersCanBeReplaced")
        .rules("T3", "T4", "F40")
        .application(
            with(
                (context, run) -> {
                  HttpResponseTrailersFeature feature =
                      context.features().require(HttpResponseTrailersFeature.class);
                  feature.trailers().add("X-Old", "gone");
                  HeaderMap own = new HeaderMap();
                  own.add("X-T", "a");
                  own.add("Content-Length", "5");
                  feature.setTrailers(own);
                  run.record("seen", context.features().get(HttpResponseTrailersFeature.class));
                  context.response().write("hello");
                }))
        .once()
        .check(
            probe -> {
              Answer answer = probe.ask(accepting(probe)).hasStatus(200);
              if (supported(probe)) {
                hasTrailers(answer.hasText("hello"), A);
              }
            });
  }

  private static Scenario k35Unwanted() {
    return Scenario.named("K35", "t5_aClientThatAcceptsNoTrailersGetsNone")
        .rules("T5")
        .application(with(TrailerChecks::answer))
        .once()
        .check(kept(Probe::get, answer -> hasTrailers(answer.hasText("hello world"))));
  }

  private static Scenario k35Length() {
    return Scenario.named("K35", "t5_contentOfADeclaredLengthHasNoTrailers")
        .rules("T5", "R27")
        .application(
            with(
                (context, run) -> {
                  context.response().setContentLength(11);
                  context.response().declareTrailer("X-T");
                  answer(context, run);
                }))
        .once()
        .check(
            kept(
                TrailerChecks::accepting,
                answer -> {
                  answer.hasText("hello world").hasHeader("Content-Length", "11");
                  hasTrailers(answer.hasNo("Transfer-Encoding"));
                }));
  }

  private static Scenario k35Head() {
    return Scenario.named("K35", "t5_anAnswerToHeadHasNoTrailers")
        .rules("T5", "R32")
        .application(with(TrailerChecks::answer))
        .once()
        .check(kept(probe -> accepting(probe.request("HEAD", "/")), answer -> answer.hasText("")));
  }

  private static Scenario k36() {
    return Scenario.named("K36", "t8_anOldProtocolHasNoTrailers")
        .rules("T6", "T8", "F40", "F8")
        .application(
            (context, run) -> {
              run.record("supported", context.response().supportsTrailers());
              run.attempt("append", () -> context.response().appendTrailer("X-T", "a"));
              context.response().write("hello");
            })
        .check(
            probe -> {
              probe.ask(accepting(probe).version("HTTP/1.0")).hasStatus(200).hasText("hello");
              assertThat(probe.facts())
                  .containsExactly("supported=false", "append=IllegalStateException");
            });
  }
}
