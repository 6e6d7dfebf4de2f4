package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.hosting.Startup;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;

/** K201: when asynchronous requests of the container are used (W12). */
final class AsyncUseTest {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> looked = new CompletableFuture<>();

  private static final Startup PIPELINE =
      app -> {
        app.map(
            "/complete",
            branch ->
                branch.runAsync(
                    context -> {
                      context.response().write("complete");
                      return Stages.completed();
                    }));
        app.map(
            "/pending",
            branch ->
                branch.runAsync(
                    context ->
                        CompletableFuture.runAsync(
                                () -> {},
                                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
                            .thenCompose(ignored -> context.response().writeAsync("pending"))));
        app.map(
            "/unblocked",
            branch ->
                branch.runAsync(
                    context -> {
                      HttpBodyControlFeature control =
                          context.features().require(HttpBodyControlFeature.class);
                      control.setAllowSynchronousIo(false);
                      return context.response().writeAsync("unblocked");
                    }));
        app.map(
            "/blocking",
            branch ->
                branch
                    .useAsync(
                        (context, next) -> {
                          HttpBodyControlFeature control =
                              context.features().require(HttpBodyControlFeature.class);
                          control.setAllowSynchronousIo(false);
                          return context
                              .request()
                              .read(ByteBuffer.allocate(1))
                              .thenCompose(end -> goOn(context, next));
                        })
                    .run(context -> Stages.await(context.response().writeAsync("blocking part"))));
      };

  /** Is pending until it was looked at. */
  private void awaitLook(ApplicationBuilder app) {
    app.map(
        "/looked",
        branch ->
            branch.runAsync(
                context ->
                    looked.thenComposeAsync(ignored -> context.response().writeAsync("looked"))));
  }

  private static CompletionStage<Void> goOn(HttpContext context, RequestDelegate next) {
    try {
      return next.invoke(context);
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Counts the calls of startAsync on what it hands on. */
  private final class Counting extends HttpServletRequestWrapper {

    Counting(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync() {
      seen.add("without the objects received");
      return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      AsyncContext context = super.startAsync(request, response);
      seen.add("started with " + (request == this ? "the request received" : "another request"));
      return context;
    }
  }

  /** Takes back what it said when it was asked whether it could. */
  private static final class Refusing extends HttpServletRequestWrapper {

    Refusing(HttpServletRequest request) {
      super(request);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
      throw new IllegalStateException("not now");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w11_whereAsyncIsRefusedTheContainersThreadWaits(Container.Kind kind) throws Exception {
    Filter refusing =
        (request, response, chain) ->
            chain.doFilter(new Refusing((HttpServletRequest) request), response);
    WebApp app = new WebApp().filter("/*", refusing).pipeline("/*", PIPELINE);

    try (Container container = kind.start(app)) {
      container.ask(container.get("/pending")).hasStatus(200).hasText("pending");
      container.ask(container.get("/unblocked")).hasStatus(200).hasText("unblocked"); // B11
      container.ask(container.get("/blocking")).hasStatus(200).hasText("blocking part");
    }
  }

  @ParameterizedTest
  @EnumSource
  void w12_onlyAPendingStageStartsAsync(Container.Kind kind) throws Exception {
    Filter counting =
        (request, response, chain) -> {
          Counting wrapper = new Counting((HttpServletRequest) request);
          chain.doFilter(wrapper, response);
          if (wrapper.isAsyncStarted()) {
            seen.add("timeout " + wrapper.getAsyncContext().getTimeout());
            looked.complete(null);
          }
        };
    WebApp app =
        new WebApp()
            .filter("/*", true, EnumSet.of(DispatcherType.REQUEST), counting)
            .pipeline(
                "/*",
                pipeline -> {
                  awaitLook(pipeline);
                  PIPELINE.configure(pipeline);
                });

    try (Container container = kind.start(app)) {
      container.ask(container.get("/complete")).hasStatus(200).hasText("complete");
      assertThat(seen).isEmpty();
      container.ask(container.get("/looked")).hasStatus(200).hasText("looked");
      assertThat(seen).containsExactly("started with the request received", "timeout 0");
      container.ask(container.get("/pending")).hasStatus(200).hasText("pending");
    }
  }
}
