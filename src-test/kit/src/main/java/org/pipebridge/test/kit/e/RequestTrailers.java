package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K113: the fields that come after the content of a request. */
final class RequestTrailers {

  private static final String UNSUPPORTED = "unsupported";

  private RequestTrailers() {}

  static List<Scenario> scenarios() {
    return List.of(
        k113(Reading.BLOCKING), k113(Reading.ASYNC), k113None(), k113Forbidden(), k113Old());
  }

  private static void look(HttpContext context, Run run, Reading reading) throws Exception {
    HttpRequest request = context.request();
    if (!request.supportsTrailers()) {
      run.record(UNSUPPORTED);
      return;
    }
    run.record("before", request.trailersAvailable());
    run.attempt("early", request::trailers);
    Stages.await(reading.text(context));
    run.record("after", request.trailersAvailable());
    run.record("X-T", request.trailers().first("x-t"));
    run.record("header", request.headers().first("X-T"));
    run.record("Host", request.trailers().first("Host"));
  }

  /** Whether the server has trailers; those that own their container must. */
  private static boolean supported(Probe probe) {
    boolean supported = !probe.facts(1).contains(UNSUPPORTED);
    assertThat(supported || !probe.can(Capability.HOST)).as("F39 is present").isTrue();
    return supported;
  }

  private static Scenario k113(Reading reading) {
    return Scenario.named("K113", "t1_trailersCanBeReadAfterTheContent" + reading.suffix())
        .rules("T1", "T2", "F7", "F39")
        .application((context, run) -> look(context, run, reading))
        .check(
            probe -> {
              Connection connection = probe.connect();
              connection.send(
                  probe.request("POST", "/").chunks("hello", " world").trailer("X-T", "a"));
              connection.answer().isEmpty(200);
              if (!supported(probe)) {
                return;
              }
              connection.send(probe.request("POST", "/").chunks("next"));
              connection.answer().isEmpty(200);
              List<String> facts = probe.facts(12);
              assertThat(facts.subList(0, 3))
                  .containsExactly("before=false", "early=IllegalStateException", "after=true");
              // a container may pass on only what it was told to
              assertThat(facts.get(3)).isIn(passedOn(probe));
              assertThat(facts.subList(4, 12))
                  .containsExactly(
                      "header=null",
                      "Host=null",
                      "before=false",
                      "early=IllegalStateException",
                      "after=true",
                      "X-T=null",
                      "header=null",
                      "Host=null");
            });
  }

  private static List<String> passedOn(Probe probe) {
    return probe.can(Capability.HOST) ? List.of("X-T=a") : List.of("X-T=a", "X-T=null");
  }

  private static Scenario k113None() {
    return Scenario.named("K113", "t1_whatHasNoTrailersSaysSoAtOnce")
        .rules("T1", "T2")
        .application((context, run) -> look(context, run, Reading.BLOCKING))
        .once()
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              if (!supported(probe)) {
                return;
              }
              probe.ask(probe.request("POST", "/").content("hello")).isEmpty(200);
              assertThat(probe.facts(12)).hasSize(12);
              for (int request = 0; request < 2; request++) {
                assertThat(probe.facts().subList(6 * request, 6 * request + 6))
                    .containsExactly(
                        "before=true",
                        "early=ok",
                        "after=true",
                        "X-T=null",
                        "header=null",
                        "Host=null");
              }
            });
  }

  private static Scenario k113Forbidden() {
    return Scenario.named("K113", "t3_fieldsThatRouteAMessageAreDropped")
        .rules("T3")
        .application((context, run) -> look(context, run, Reading.BLOCKING))
        .once()
        .check(
            probe -> {
              var request = probe.request("POST", "/").chunks("hello");
              probe.ask(request.trailer("Host", "evil").trailer("X-T", "a")).isEmpty(200);
              if (supported(probe)) {
                assertThat(probe.facts(6).get(3)).isIn(passedOn(probe));
                assertThat(probe.facts()).contains("Host=null");
              }
            });
  }

  private static Scenario k113Old() {
    return Scenario.named("K113", "f39_anOldProtocolHasNoTrailers")
        .rules("F39", "F8")
        .application(
            (context, run) -> {
              run.record("supported", context.request().supportsTrailers());
              run.attempt("trailers", () -> context.request().trailers());
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.get().version("HTTP/1.0")).hasStatus(200);
              assertThat(probe.facts())
                  .containsExactly("supported=false", "trailers=IllegalStateException");
            });
  }
}
