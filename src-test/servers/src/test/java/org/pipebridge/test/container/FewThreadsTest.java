package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.Configuration;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.http.HttpContext;
import org.pipebridge.jetty.JettyOptions;
import org.pipebridge.jetty.JettyServer;
import org.pipebridge.jetty.VirtualThreads;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;

/**
 * K206: blocking around asynchronous around blocking, with many more clients than threads: nobody
 * waits for a thread that waits (P9).
 */
final class FewThreadsTest {

  private static final int CLIENTS = 200;
  private static final int THREADS = 8;

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @AfterEach
  void endExecutor() throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static CompletionStage<Void> goOn(RequestDelegate next, HttpContext context) {
    try {
      return next.invoke(context);
    } catch (Exception e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void configure(ApplicationBuilder app) {
    app.use(
        (context, next) -> {
          next.handle(context);
          assertThat(context.response().hasStarted()).isTrue();
        });
    app.useAsync(
        (context, next) ->
            CompletableFuture.supplyAsync(() -> "later", executor)
                .thenCompose(later -> goOn(next, context)));
    app.use((context, next) -> next.handle(context));
    app.runAsync(
        context ->
            CompletableFuture.runAsync(
                () -> {
                  try {
                    context.response().write("it is " + context.request().path());
                    context.response().flush();
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                },
                executor));
  }

  @ParameterizedTest
  @EnumSource
  void p9_aContainerWithFewThreadsAnswersAll(Container.Kind kind) throws Exception {
    WebApp app = new WebApp().threads(THREADS).pipeline("/*", this::configure);
    try (Container container = kind.start(app)) {
      askAll(container.address());
    }
  }

  @ParameterizedTest
  @EnumSource
  void p9_aFilterWithFewThreadsInFrontOfAServletAnswersAll(Container.Kind kind) throws Exception {
    WebApp app =
        new WebApp()
            .threads(THREADS)
            .inFront(
                pipeline -> {
                  pipeline.use((context, next) -> next.handle(context));
                  pipeline.useAsync(
                      (context, next) ->
                          CompletableFuture.supplyAsync(() -> "later", executor)
                              .thenCompose(later -> goOn(next, context)));
                  pipeline.use((context, next) -> next.handle(context));
                })
            .servlet(
                "/*",
                Servlets.of(
                    (request, response) ->
                        response.getWriter().write("it is " + request.getRequestURI())));
    try (Container container = kind.start(app)) {
      askAll(container.address());
    }
  }

  /** On platform threads, and on virtual ones where there are some. */
  @ParameterizedTest
  @EnumSource(
      value = VirtualThreads.class,
      names = {"OFF", "AUTO"})
  void p9_jettyServerWithFewThreadsAnswersAll(VirtualThreads virtual) throws Exception {
    JettyOptions options = JettyOptions.DEFAULT.withMaxThreads(THREADS).withVirtualThreads(virtual);
    try (WebHost host =
        WebHost.builder()
            .configuration(Configuration.builder().build())
            .server(new JettyServer(options))
            .startup(this::configure)
            .urls("http://127.0.0.1:0")
            .build()) {
      host.start();
      URI address = URI.create(host.addresses().iterator().next());
      askAll(new InetSocketAddress(address.getHost(), address.getPort()));
    }
  }

  /** All clients have asked before the first reads its answer. */
  private static void askAll(InetSocketAddress address) {
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        RawConnection client = RawConnection.to(address);
        clients.add(client);
        client.send(Request.of("GET", "/" + i).header("Host", "localhost"));
      }
      for (int i = 0; i < CLIENTS; i++) {
        clients.get(i).answer().hasStatus(200).hasText("it is /" + i);
      }
    } finally {
      clients.forEach(RawConnection::close);
    }
  }
}
