package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpResponseTrailersFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.Writing;

/** K34 to K38: the fields that come after the content of a response. */
final class Trailers {

  private static final String UNSUPPORTED = "unsupported";
  private static final Field A = new Field("X-T", "a");

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
        k36(),
        k37(),
        k37Forbidden(),
        k38(),
        k38Late());
  }

  /** An application for servers that have trailers. */
  private static Writing.Body with(Writing.Body application) {
    return (context, run) -> {
      if (context.response().supportsTrailers()) {
        application.handle(context, run);
      } else {
        run.record(UNSUPPORTED);
      }
    };
  }

  /** Whether the server has trailers; those that own their container must. */
  private static boolean supported(Probe probe) {
    boolean supported = !probe.facts().contains(UNSUPPORTED);
    assertThat(supported || !probe.can(Capability.HOST)).as("F40 is present").isTrue();
    return supported;
  }

  private static Request accepting(Probe probe) {
    return accepting(probe.get());
  }

  private static Request accepting(Request request) {
    return request.header("TE", "deflate, trailers;q=1").header("Connection", "TE");
  }

  private static void hasTrailers(Answer answer, Field... expected) {
    assertThat(answer.isWhole().trailers())
        .usingElementComparator(Trailers::compare)
        .containsExactly(expected);
  }

  private static int compare(Field a, Field b) {
    boolean same = a.name().equalsIgnoreCase(b.name()) && a.value().equals(b.value());
    return same ? 0 : 1;
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
            probe -> {
              Connection connection = probe.send(accepting(probe));
              Answer answer = connection.answer().hasStatus(200);
              if (supported(probe)) {
                hasTrailers(answer.hasText("hello"), A, new Field("X-U", "b"));
              }
              connection.isKept();
            });
  }

  private static Scenario k34WithoutContent() {
    return Scenario.named("K34", "t5_aResponseWithoutContentCanHaveTrailers")
        .rules("T5", "F40")
        .application(with((context, run) -> context.response().appendTrailer("X-T", "a")))
        .check(
            probe -> {
              Connection connection = probe.send(accepting(probe));
              Answer answer = connection.answer().hasStatus(200).hasText("");
              if (supported(probe)) {
                hasTrailers(answer, A);
              }
              connection.isKept();
            });
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

  private static void answer(HttpContext context, Run run) throws Exception {
    context.response().appendTrailer("X-T", "a");
    context.response().write("hello");
    context.response().flush();
    context.response().write(" world");
  }

  private static Scenario k35Unwanted() {
    return Scenario.named("K35", "t5_aClientThatAcceptsNoTrailersGetsNone")
        .rules("T5")
        .application(with(Trailers::answer))
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200);
              if (supported(probe)) {
                hasTrailers(answer.hasText("hello world"));
              }
              connection.isKept();
            });
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
            probe -> {
              Connection connection = probe.send(accepting(probe));
              Answer answer = connection.answer().hasStatus(200);
              if (supported(probe)) {
                answer.hasText("hello world").hasHeader("Content-Length", "11");
                hasTrailers(answer.hasNo("Transfer-Encoding"));
              }
              connection.isKept();
            });
  }

  private static Scenario k35Head() {
    return Scenario.named("K35", "t5_anAnswerToHeadHasNoTrailers")
        .rules("T5", "R32")
        .application(with(Trailers::answer))
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(accepting(probe.request("HEAD", "/")));
              connection.answer().hasStatus(200).hasText("");
              supported(probe);
              connection.isKept();
            });
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
        .check(
            probe -> {
              Connection connection = probe.send(accepting(probe));
              Answer answer = connection.answer().hasStatus(200);
              if (supported(probe)) {
                hasTrailers(answer.hasText("hello"), A);
              }
              connection.isKept();
            });
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
                  throw new IllegalStateException("this application fails");
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
                  throw new IllegalStateException("this application fails");
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
