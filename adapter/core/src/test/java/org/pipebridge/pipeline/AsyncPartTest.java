package org.pipebridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

final class AsyncPartTest {

  private final List<Object> log = new ArrayList<>();

  @Test
  void p5_whatDownstreamThrowsAtOnceComesAsAFailedStage() throws Exception {
    var failure = new IOException("x");
    var pipeline =
        new AsyncPart(
            (context, next) -> next.invoke(context).whenComplete((done, e) -> log.add(e)),
            context -> {
              throw failure;
            });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Contexts.run(pipeline, Contexts.get("/")))
        .isSameAs(failure);
    assertThat(log).containsExactly(failure);
  }

  @Test
  void p5_throwingAtOnceEqualsAFailedStageForUpstream() throws Exception {
    var failure = new IOException("x");
    var app = new ApplicationBuilder();
    app.useAsync(
        (context, next) ->
            next.invoke(context)
                .exceptionally(
                    e -> {
                      log.add(Stages.unwrap(e));
                      return null;
                    }));
    app.useAsync(
        (context, next) -> {
          throw failure;
        });

    Contexts.run(app, "/");

    assertThat(log).containsExactly(failure);
  }

  @Test
  void p5_aNullStageFailsTheRequestNamingTheMiddleware() {
    var app = new ApplicationBuilder().useAsync(new NullGiver());

    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> Contexts.run(app, "/"))
        .withMessageContaining(NullGiver.class.getName());
  }

  @Test
  void p8_theStageOfNextIsHandedThroughAsItIs() throws Exception {
    var pipeline =
        new AsyncPart((context, next) -> next.invoke(context), context -> Stages.completed());

    assertThat(pipeline.invoke(Contexts.get("/")) == Stages.completed()).isTrue();
  }

  private static final class NullGiver implements AsyncMiddleware {
    @Override
    @SuppressWarnings("NullAway")
    public CompletionStage<Void> invoke(HttpContext context, RequestDelegate next) {
      return null;
    }
  }
}
