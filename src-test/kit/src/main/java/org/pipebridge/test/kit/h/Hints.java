package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.HttpEarlyHintsFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.Writing;

/** K211: interim responses with status 103, where the server has them. */
final class Hints {

  private static final String UNSUPPORTED = "unsupported";
  private static final String STYLE = "</style.css>; rel=preload; as=style";
  private static final String SCRIPT = "</script.js>; rel=preload; as=script";

  private Hints() {}

  static List<Scenario> scenarios() {
    return List.of(k211(), k211Refused(), k211OldClient());
  }

  private interface Hinting {
    void handle(HttpContext context, Run run, HttpEarlyHintsFeature hints) throws Exception;
  }

  private static Writing.Body with(Hinting application) {
    return (context, run) -> {
      HttpEarlyHintsFeature hints = context.features().get(HttpEarlyHintsFeature.class);
      if (hints == null) {
        run.record(UNSUPPORTED);
        context.response().write("hello");
      } else {
        application.handle(context, run, hints);
      }
    };
  }

  /** Whether the server has hints; those that own their container must. */
  private static boolean supported(Probe probe) {
    boolean supported = !probe.facts().contains(UNSUPPORTED);
    assertThat(supported || !probe.can(Capability.HOST)).as("F53 is present").isTrue();
    return supported;
  }

  private static HeaderMap lines(String name, String... values) {
    HeaderMap lines = new HeaderMap();
    lines.set(name, List.of(values));
    return lines;
  }

  private static void send(HttpEarlyHintsFeature hints, HeaderMap lines) throws Exception {
    hints.send(lines).toCompletableFuture().get();
  }

  private static Scenario k211() {
    return Scenario.named("K211", "f53_hintsAreSentAheadOfTheResponse")
        .rules("F53", "V9")
        .application(
            with(
                (context, run, hints) -> {
                  context.response().setStatus(201);
                  context.response().headers().set("X-A", "kept");
                  HeaderMap lines = lines("Link", STYLE, SCRIPT);
                  lines.set("Content-Length", "3");
                  lines.set("Connection", "close");
                  send(hints, lines);
                  send(hints, lines("Link", SCRIPT));
                  run.record("sent");
                  run.await("seen");
                  context.response().write("hello");
                }))
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              probe.facts(1);
              if (probe.can(Capability.BYTES) && supported(probe)) {
                isHint(connection.head(), STYLE, SCRIPT);
                isHint(connection.head(), SCRIPT);
              }
              probe.signal("seen");
              Answer answer = connection.answer().hasText("hello");
              if (supported(probe)) {
                answer.hasStatus(201).hasHeader("X-A", "kept").hasNo("Link");
                assertThat(answer.interim()).hasSize(2);
                isHint(answer.interim().get(0), STYLE, SCRIPT);
                isHint(answer.interim().get(1), SCRIPT);
              }
              connection.isKept();
            });
  }

  private static void isHint(Head head, String... links) {
    assertThat(head.status()).isEqualTo(103);
    assertThat(head.values("Link")).containsExactly(links);
    assertThat(
            Stream.of("X-A", "Content-Length", "Connection", "Transfer-Encoding", "Set-Cookie")
                .filter(name -> head.first(name) != null))
        .isEmpty();
  }

  private static Scenario k211Refused() {
    return Scenario.named("K211", "f53_hintsComeBeforeTheStartOrNotAtAll")
        .rules("F53", "R2")
        .application(
            with(
                (context, run, hints) -> {
                  run.attempt("none", () -> send(hints, new HeaderMap()));
                  run.attempt("null", () -> hints.send(null));
                  context.response().write("hello");
                  run.attempt("late", () -> failureOf(hints, lines("Link", STYLE)));
                }))
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello");
              assertThat(answer.interim()).isEmpty();
              if (supported(probe)) {
                assertThat(probe.facts(3))
                    .containsExactly(
                        "none=ok", "null=NullPointerException", "late=IllegalStateException");
              }
              connection.isKept();
            });
  }

  /** Throws what a stage fails with, as it is. */
  private static void failureOf(HttpEarlyHintsFeature hints, HeaderMap lines) throws Exception {
    @Nullable Throwable failure =
        hints.send(lines).handle((ignored, e) -> e).toCompletableFuture().get();
    if (failure instanceof Exception e) {
      throw e;
    }
  }

  private static Scenario k211OldClient() {
    return Scenario.named("K211", "f53_aClientOfHttp10GetsNone")
        .rules("F53", "F8")
        .needs(Capability.BYTES)
        .application(with((context, run, hints) -> context.response().write("there are hints")))
        .check(probe -> probe.ask(probe.get().version("HTTP/1.0")).hasStatus(200).hasText("hello"));
  }
}
