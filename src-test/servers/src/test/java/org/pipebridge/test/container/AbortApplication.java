package org.pipebridge.test.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.ApplicationBuilder;

/** Does with each request what its {@link AbortPlan} says. */
final class AbortApplication {

  /** What it fails with on purpose. */
  static final class Deliberate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Deliberate() {
      super("on purpose", null, false, false);
    }
  }

  private static final int FLUSH_EVERY = 4;

  private final Executor executor;

  AbortApplication(Executor executor) {
    this.executor = executor;
  }

  void configure(ApplicationBuilder app) {
    app.useWhen(
        context -> AbortPlan.number(context.request().path()) % 2 == 0,
        branch -> branch.use((context, next) -> next.handle(context))); // a blocking part around
    app.runAsync(this::run);
  }

  private CompletionStage<Void> run(HttpContext context) throws IOException {
    AbortPlan plan = AbortPlan.of(context.request().path());
    context.response().headers().set("X-Number", Integer.toString(plan.number()));
    return switch (plan.mode()) {
      case BLOCKING -> {
        block(context, plan);
        yield CompletableFuture.completedStage(null);
      }
      case ELSEWHERE -> CompletableFuture.runAsync(() -> blockQuietly(context, plan), executor);
      case STAGES -> stages(context, plan);
      case NON_BLOCKING -> {
        context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
        yield stages(context, plan);
      }
    };
  }

  private void blockQuietly(HttpContext context, AbortPlan plan) {
    try {
      block(context, plan);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void block(HttpContext context, AbortPlan plan) throws IOException {
    first(context, plan);
    if (plan.taken() > 0) {
      InputStream content = context.request().body();
      content.readNBytes(plan.taken());
    }
    OutputStream answer = context.response().body();
    for (int i = 0; i < plan.pieces(); i++) {
      answer.write(plan.piece(i).array());
      if (i % FLUSH_EVERY == 1) {
        answer.flush();
      }
      if (i == plan.pieces() / 2) {
        amid(context, plan);
      }
    }
  }

  private static void first(HttpContext context, AbortPlan plan) {
    switch (plan.act()) {
      case ABORT_FIRST -> context.abort();
      case THROW_FIRST -> throw new Deliberate();
      default -> {}
    }
  }

  private void amid(HttpContext context, AbortPlan plan) {
    switch (plan.act()) {
      case ABORT_AMID -> context.abort();
      case ABORT_FROM_ELSEWHERE -> executor.execute(context::abort);
      case THROW_AMID -> throw new Deliberate();
      case CANCEL -> throw new CancellationException("on purpose");
      default -> {}
    }
  }

  private CompletionStage<Void> stages(HttpContext context, AbortPlan plan) {
    first(context, plan);
    CompletableFuture<Void> done = new CompletableFuture<>();
    read(context, ByteBuffer.allocate(plan.taken()))
        .thenCompose(read -> write(context, plan, 0, done))
        .whenComplete(
            (written, failure) -> {
              if (failure == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(failure);
              }
            });
    return done;
  }

  private static CompletionStage<Integer> read(HttpContext context, ByteBuffer into) {
    if (!into.hasRemaining()) {
      return CompletableFuture.completedStage(0);
    }
    return context
        .request()
        .read(into)
        .thenCompose(
            count -> count < 0 ? CompletableFuture.completedStage(0) : read(context, into));
  }

  private CompletionStage<Void> write(
      HttpContext context, AbortPlan plan, int index, CompletableFuture<Void> done) {
    if (index == plan.pieces()) {
      return CompletableFuture.completedStage(null);
    }
    CompletionStage<Void> written = context.response().writeAsync(plan.piece(index));
    if (index == plan.pieces() / 2) {
      if (plan.act() == AbortPlan.Act.CANCEL) {
        done.cancel(false); // perhaps with a write under way
        return written;
      }
      written = written.thenRun(() -> amid(context, plan));
    }
    if (index % FLUSH_EVERY == 1) {
      written = written.thenCompose(w -> context.response().flushAsync());
    }
    return written.thenCompose(w -> write(context, plan, index + 1, done));
  }
}
