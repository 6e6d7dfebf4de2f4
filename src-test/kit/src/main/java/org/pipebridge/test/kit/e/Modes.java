package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K126, K127, K129, K136: switches, one operation at a time, replacing, many operations. */
final class Modes {

  private static final int MANY = 100_000;

  private Modes() {}

  static List<Scenario> scenarios() {
    return List.of(k126(), k126Back(), k127(), k129(), k136());
  }

  private static HttpBodyControlFeature control(HttpContext context) {
    return context.features().require(HttpBodyControlFeature.class);
  }

  private static CompletionStage<Void> record(HttpContext context, Run run, Reading reading)
      throws Exception {
    return reading.text(context).thenAccept(text -> run.record("content", text));
  }

  private static Scenario k126() {
    return Scenario.named("K126", "b10_theStreamRefusesWhenBlockingIsOff")
        .rules("B10", "B12")
        .asyncApplication(
            (context, run) -> {
              control(context).setAllowSynchronousIo(false);
              run.attempt("byte", () -> context.request().body().read());
              run.attempt("bytes", () -> context.request().body().read(new byte[5]));
              return record(context, run, Reading.ASYNC)
                  .thenRun(
                      () ->
                          run.attempt("back", () -> control(context).setAllowSynchronousIo(true)));
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.request("POST", "/").content("hello")).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "byte=IllegalStateException",
                      "bytes=IllegalStateException",
                      "content=hello",
                      "back=IllegalStateException");
            });
  }

  private static Scenario k126Back() {
    return Scenario.named("K126", "b12_theSwitchGoesBackBeforeAnAsynchronousOperation")
        .rules("B10", "B12")
        .asyncApplication(
            (context, run) -> {
              run.record("default", control(context).allowSynchronousIo());
              control(context).setAllowSynchronousIo(false);
              run.attempt("off", () -> context.request().body().read());
              control(context).setAllowSynchronousIo(true);
              return record(context, run, Reading.BLOCKING);
            })
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("POST", "/").content("hello"));
              connection.answer().isEmpty(200);
              connection.send(probe.request("POST", "/").content("again"));
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "default=true",
                      "off=IllegalStateException",
                      "content=hello",
                      "default=true",
                      "off=IllegalStateException",
                      "content=again");
            });
  }

  /** One thread waits for content that does not come; another is refused, and answers. */
  private static Scenario k127() {
    return Scenario.named("K127", "q24_oneReadAtATime")
        .rules("Q24")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              var request = context.request();
              CompletableFuture<Void> refused = new CompletableFuture<>();
              for (int i = 0; i < 2; i++) { // one of them waits for content
                Thread reader = new Thread(() -> readFive(request, refused), "reads content");
                reader.setDaemon(true);
                reader.start();
              }
              run.attempt("second", () -> Stages.await(refused.orTimeout(10, TimeUnit.SECONDS)));
              run.attempt("stream", () -> request.body().read());
              context.response().write("late");
            })
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "5"));
              connection.answer().hasStatus(200).hasText("late");
              assertThat(probe.facts())
                  .containsExactly("second=IllegalStateException", "stream=IllegalStateException");
            });
  }

  private static void readFive(HttpRequest request, CompletableFuture<Void> failed) {
    try {
      Stages.await(request.read(ByteBuffer.allocate(5)));
    } catch (Exception e) {
      failed.completeExceptionally(e);
    }
  }

  private static Scenario k129() {
    return Scenario.named("K129", "q23_aReplacedBodyIsSeenInItsRequestAlone")
        .rules("Q23", "F7")
        .behind(
            (app, run) ->
                app.use(
                    (context, next) -> {
                      if (context.request().headers().contains("X-Replace")) {
                        byte[] other = "replaced".getBytes(StandardCharsets.UTF_8);
                        context
                            .features()
                            .set(
                                HttpRequestBodyFeature.class,
                                HttpRequestBodyFeature.of(new ByteArrayInputStream(other)));
                      }
                      next.handle(context);
                    }))
        .asyncApplication(
            (context, run) ->
                record(context, run, Reading.ASYNC)
                    .thenCompose(
                        done -> {
                          run.attempt(
                              "end", () -> run.record("read", context.request().body().read()));
                          return Stages.completed();
                        }))
        .once()
        .check(
            probe -> {
              Connection connection =
                  probe.send(probe.request("POST", "/").header("X-Replace", "1").content("own 1"));
              connection.answer().isEmpty(200);
              connection.send(probe.request("POST", "/").content("own 2"));
              connection.answer().isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly(
                      "content=replaced",
                      "read=-1",
                      "end=ok",
                      "content=own 2",
                      "read=-1",
                      "end=ok");
              connection.isKept();
            });
  }

  private static Scenario k136() {
    return Scenario.named("K136", "b14_manyOperationsDoNotDeepenTheStack")
        .rules("B14")
        .asyncApplication(
            (context, run) -> {
              ByteBuffer one = ByteBuffer.wrap(new byte[] {'x'});
              CompletionStage<Void> all = CompletableFuture.completedStage(null);
              for (int i = 0; i < MANY; i++) {
                all = all.thenCompose(written -> context.response().writeAsync(one.rewind()));
              }
              return all;
            })
        .once()
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              assertThat(connection.answer().hasStatus(200).isWhole().body())
                  .hasSize(MANY)
                  .containsOnly('x');
              connection.isKept();
            });
  }
}
