package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K164: the switch for blocking I/O, as far as responses go. */
final class Switches {

  private Switches() {}

  static List<Scenario> scenarios() {
    return List.of(k164(), k164Back(), k164EachRequest());
  }

  private static HttpBodyControlFeature control(HttpContext context) {
    return context.features().require(HttpBodyControlFeature.class);
  }

  private static Scenario k164() {
    return Scenario.named("K164", "b10_blockingWritesAreRefusedAndStagesWork")
        .rules("B10", "B11")
        .asyncApplication(
            (context, run) -> {
              HttpResponse response = context.response();
              control(context).setAllowSynchronousIo(false);
              run.attempt("write", () -> response.body().write(new byte[] {'a'}));
              run.attempt("flush", () -> response.body().flush());
              run.attempt("close", () -> response.body().close());
              run.attempt("write text", () -> response.write("a"));
              run.record("started", response.hasStarted());
              return response
                  .writeAsync("hello, ")
                  .thenCompose(ignored -> response.flushAsync())
                  .thenCompose(ignored -> response.writeAsync("world"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasStatus(200).hasText("hello, world");
              assertThat(probe.facts())
                  .containsExactly(
                      "write=IllegalStateException",
                      "flush=IllegalStateException",
                      "close=IllegalStateException",
                      "write text=IllegalStateException",
                      "started=false");
              connection.isKept();
            });
  }

  private static Scenario k164Back() {
    return Scenario.named("K164", "b12_theSwitchGoesBackUntilItWasUsed")
        .rules("B12")
        .asyncApplication(
            (context, run) -> {
              HttpResponse response = context.response();
              control(context).setAllowSynchronousIo(false);
              run.attempt("back", () -> control(context).setAllowSynchronousIo(true));
              run.attempt("write", () -> response.body().write(new byte[] {'a'}));
              control(context).setAllowSynchronousIo(false);
              return response
                  .writeAsync("b")
                  .thenRun(
                      () ->
                          run.attempt(
                              "back again", () -> control(context).setAllowSynchronousIo(true)));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(200).hasText("ab");
              assertThat(probe.facts())
                  .containsExactly("back=ok", "write=ok", "back again=IllegalStateException");
            });
  }

  private static Scenario k164EachRequest() {
    return Scenario.named("K164", "b12_eachRequestBeginsWithTheDefault")
        .rules("B12", "F7")
        .asyncApplication(
            (context, run) -> {
              run.record("allowed", control(context).allowSynchronousIo());
              control(context).setAllowSynchronousIo(false);
              return context.response().writeAsync("hello");
            })
        .check(
            probe -> {
              Connection connection = probe.connect();
              for (int i = 0; i < 2; i++) {
                connection.send(probe.get());
                connection.answer().hasStatus(200).hasText("hello");
              }
              assertThat(probe.facts()).containsExactly("allowed=true", "allowed=true");
            });
  }
}
