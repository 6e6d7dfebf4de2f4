package org.pipebridge.test.kit.h;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K192: all views on the three features that every server has. */
final class Views {

  private Views() {}

  static List<Scenario> scenarios() {
    return List.of(k192Request(), k192Response());
  }

  private static HttpContext onThree(HttpContext context) {
    FeatureMap three = new FeatureMap();
    copy(context.features(), three, HttpRequestFeature.class);
    copy(context.features(), three, HttpResponseFeature.class);
    copy(context.features(), three, HttpResponseBodyFeature.class);
    return new HttpContext(three);
  }

  private static <T> void copy(FeatureCollection from, FeatureCollection to, Class<T> type) {
    to.set(type, from.require(type));
  }

  private static Scenario k192Request() {
    return Scenario.named("K192", "f11_threeFeaturesAreEnoughToLookAtARequest")
        .rules("F11", "C1", "C2", "C3", "F10")
        .application((context, run) -> look(onThree(context), run))
        .check(
            probe -> {
              probe.ask(probe.request("GET", "/a?b=c").header("Cookie", "d=e")).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "method=GET",
                      "path=/a",
                      "query=c",
                      "cookie=e",
                      "user=null",
                      "items={}",
                      "trace=true",
                      "connection=",
                      "remote=null 0",
                      "aborted=false",
                      "can have body=false",
                      "body=-1",
                      "read=-1",
                      "form=false",
                      "trailers=false",
                      "session=IllegalStateException");
            });
  }

  private static void look(HttpContext context, Run run) throws Exception {
    HttpRequest request = context.request();
    run.record("method", request.method());
    run.record("path", request.path());
    run.record("query", request.query().first("b"));
    run.record("cookie", request.cookies().get("d"));
    run.record("user", context.user());
    run.record("items", context.items());
    run.record("trace", context.traceIdentifier().equals(context.traceIdentifier()));
    run.record("connection", context.connection().connectionId());
    run.record(
        "remote", context.connection().remoteAddress() + " " + context.connection().remotePort());
    run.record("aborted", context.isAborted());
    run.record("can have body", request.canHaveBody());
    run.record("body", request.body().read());
    run.record("read", request.read(ByteBuffer.allocate(8)).toCompletableFuture().get());
    run.record("form", request.hasFormContentType());
    run.record("trailers", request.supportsTrailers());
    run.attempt("session", context::session);
  }

  private static Scenario k192Response() {
    return Scenario.named("K192", "f11_threeFeaturesAreEnoughToAnswer")
        .rules("F11", "C1", "C8", "C11")
        .application((context, run) -> answer(onThree(context).response(), run))
        .check(
            probe -> {
              Answer answer = probe.ask(probe.get()).hasStatus(201).hasText("hello, world!");
              answer.hasHeader("X-Late", "yes").hasHeader("Content-Length", "13");
              assertThat(answer.head().values("Set-Cookie")).hasSize(1);
              assertThat(probe.facts(2)).containsExactly("trailers=false", "completed");
            });
  }

  private static void answer(HttpResponse response, Run run) throws Exception {
    response.setStatus(201);
    response.setContentType("text/plain");
    response.setContentLength(13);
    response.cookies().append("a", "b");
    response.onStarting(() -> response.headers().set("X-Late", "yes"));
    response.onCompleted(() -> run.record("completed"));
    run.record("trailers", response.supportsTrailers());
    response.write("hello");
    Stages.await(response.writeAsync(", "));
    Stages.await(response.flushAsync());
    response.body().write("world!".getBytes(StandardCharsets.UTF_8));
    response.complete();
  }
}
