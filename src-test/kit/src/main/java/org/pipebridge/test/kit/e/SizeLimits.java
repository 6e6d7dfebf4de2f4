package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.BadRequestFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K121, K122, K124, K125, K139: how much content a request may have. */
final class SizeLimits {

  private static final String TEN = "0123456789";

  private SizeLimits() {}

  static List<Scenario> scenarios() {
    return List.of(
        k121(),
        k122Lower(),
        k122Unlimited(),
        k122Late(),
        k124(),
        k125(Reading.BLOCKING, true),
        k125(Reading.BLOCKING, false),
        k125(Reading.ASYNC, true),
        k125(Reading.NON_BLOCKING, true),
        k125(Reading.NON_BLOCKING, false),
        k125(Reading.ASYNC, false),
        k139());
  }

  private static HttpMaxRequestBodySizeFeature limit(HttpContext context) {
    return context.features().require(HttpMaxRequestBodySizeFeature.class);
  }

  /** Reads to the end and lets a failure out. */
  private static void read(HttpContext context, Run run, Reading reading) throws Exception {
    try {
      var text = reading.text(context);
      Stages.await(text);
      run.record("content", text.toCompletableFuture().join());
    } catch (BadHttpRequestException e) {
      run.record("refused", e.status());
      throw e;
    }
  }

  private static Scenario k121() {
    return Scenario.named("K121", "l1_aLengthOverTheLimitIsRefusedAtEachRead")
        .rules("L1", "R14", "Q22")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              run.attempt("first", () -> read(context, run, Reading.BLOCKING));
              read(context, run, Reading.BLOCKING);
            })
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(
                  probe
                      .request("POST", "/")
                      .header("Content-Length", "30000001")
                      .header("Expect", "100-continue"));
              Answer answer = connection.answer().isEmpty(413).hasHeader("Connection", "close");
              connection.isClosed();
              if (probe.can(Capability.HOST)) {
                assertThat(answer.interim()).isEmpty();
              } else if (probe.facts().isEmpty()) {
                return; // the container's own limit is smaller (L7)
              }
              assertThat(probe.facts())
                  .containsExactly("refused=413", "first=BadHttpRequestException", "refused=413");
            });
  }

  private static Scenario k122Lower() {
    return Scenario.named("K122", "l4_aRequestMayLowerItsLimit")
        .rules("L4", "L1", "L6")
        .application(
            (context, run) -> {
              run.record("default", limit(context).maxRequestBodySize());
              limit(context).setMaxRequestBodySize(OptionalLong.of(9));
              read(context, run, Reading.BLOCKING);
            })
        .once()
        .check(
            probe -> {
              for (int i = 1; i <= 2; i++) { // the second begins with the server's limit again
                probe.ask(probe.request("POST", "/").content(TEN)).isEmpty(413);
              }
              assertThat(probe.facts())
                  .containsExactly(
                      "default=OptionalLong[30000000]",
                      "refused=413",
                      "default=OptionalLong[30000000]",
                      "refused=413");
            });
  }

  private static Scenario k122Unlimited() {
    return Scenario.named("K122", "l4_aRequestMayLiftItsLimit")
        .rules("L4")
        .behind(
            (app, run) ->
                app.use(
                    (context, next) -> {
                      limit(context).setMaxRequestBodySize(OptionalLong.of(0));
                      next.handle(context);
                    }))
        .application(
            (context, run) -> {
              limit(context).setMaxRequestBodySize(OptionalLong.empty());
              read(context, run, Reading.BLOCKING);
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.request("POST", "/").content("A")).isEmpty(200);
              assertThat(probe.facts()).containsExactly("content=A");
            });
  }

  private static Scenario k122Late() {
    return Scenario.named("K122", "l5_theLimitIsFixedByTheFirstRead")
        .rules("L4", "L5")
        .application(
            (context, run) -> {
              HttpMaxRequestBodySizeFeature limit = limit(context);
              run.attempt("negative", () -> limit.setMaxRequestBodySize(OptionalLong.of(-1)));
              run.record("before", limit.isReadOnly());
              context.request().body().read();
              run.record("after", limit.isReadOnly());
              run.attempt("late", () -> limit.setMaxRequestBodySize(OptionalLong.of(100)));
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.request("POST", "/").content(TEN)).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "negative=IllegalArgumentException",
                      "before=false",
                      "after=true",
                      "late=IllegalStateException");
            });
  }

  private static Scenario k124() {
    return Scenario.named("K124", "l3_noContentIsNeverTooMuch")
        .rules("L3")
        .application(
            (context, run) -> {
              limit(context).setMaxRequestBodySize(OptionalLong.of(0));
              read(context, run, Reading.BLOCKING);
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts()).containsExactly("content=");
            });
  }

  private static Scenario k125(Reading reading, boolean chunked) {
    String content = chunked ? "chunkedContent" : "contentOfKnownLength";
    return Scenario.named("K125", "l2_" + content + "IsCounted" + reading.suffix())
        .rules("L1", "L2", "R14")
        .application(
            (context, run) -> {
              String limit = context.request().queryString().substring(1);
              limit(context).setMaxRequestBodySize(OptionalLong.of(Long.parseLong(limit)));
              read(context, run, reading);
            })
        .once()
        .check(
            probe -> {
              probe.ask(post(probe, "/?10", chunked)).isEmpty(200);
              probe.ask(post(probe, "/?9", chunked)).isEmpty(413);
              assertThat(probe.facts()).containsExactly("content=" + TEN, "refused=413");
            });
  }

  private static Scenario k139() {
    return Scenario.named("K139", "f47_aMiddlewareLearnsWhyContentWasRejected")
        .rules("F47", "F7", "F8")
        .behind(
            (app, run) ->
                app.use(
                    (context, next) -> {
                      next.handle(context);
                      BadRequestFeature rejected = context.features().get(BadRequestFeature.class);
                      run.record("after", rejected == null ? null : rejected.error().status());
                    }))
        .application(
            (context, run) -> {
              limit(context).setMaxRequestBodySize(OptionalLong.of(9));
              run.record("before", context.features().get(BadRequestFeature.class));
              try {
                context.request().body().readAllBytes();
              } catch (BadHttpRequestException e) {
                BadRequestFeature rejected = context.features().require(BadRequestFeature.class);
                run.record("the same", rejected.error().equals(e));
              }
            })
        .check(
            probe -> {
              probe.ask(probe.request("POST", "/").content(TEN)).isEmpty(200);
              assertThat(probe.facts(3))
                  .containsExactly("before=null", "the same=true", "after=413");
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts(5).subList(3, 5)).containsExactly("before=null", "after=null");
            });
  }

  private static Request post(Probe probe, String target, boolean chunked) {
    Request request = probe.request("POST", target);
    return chunked ? request.chunks("01234", "56789") : request.content(TEN);
  }
}
