package org.pipebridge.benchmarks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.pipeline.ApplicationBuilder;

/** An answer that another thread gives, after the container's thread has left. */
final class Later implements Startup {

  private final Executor executor;

  /** Creates it; the executor runs what it is given when the container's thread has left. */
  Later(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void configure(ApplicationBuilder app) {
    app.runAsync(
        context -> {
          CompletableFuture<Void> done = new CompletableFuture<>();
          executor.execute(() -> answer(context.response(), done));
          return done;
        });
  }

  private static void answer(HttpResponse response, CompletableFuture<Void> done) {
    try {
      Plaintext.answer(response);
      done.complete(null);
    } catch (IOException e) {
      done.completeExceptionally(e);
    }
  }

  /** The same in a servlet. */
  static final class Bare extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Executor executor;

    Bare(Executor executor) {
      this.executor = executor;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext async = request.startAsync();
      async.setTimeout(0);
      executor.execute(() -> answer(response, async));
    }

    private static void answer(HttpServletResponse response, AsyncContext async) {
      try {
        Plaintext.Bare.answer(response);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        async.complete();
      }
    }
  }
}
