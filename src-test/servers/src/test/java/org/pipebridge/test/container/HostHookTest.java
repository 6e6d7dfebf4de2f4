package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.servlet.PipelineServlet;
import org.pipebridge.servlet.ServletServer;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.RawConnection;

/** Requests of a host that was to break their connections and fails to. */
final class HostHookTest {

  private static final class Host extends ServletServer {

    @Override
    protected boolean breakConnection(HttpServletRequest request) {
      throw new UnsupportedOperationException("no way");
    }
  }

  @ParameterizedTest
  @EnumSource
  void r11_theContainersWayIsLeft(Container.Kind kind) throws Exception {
    try (Container container = start(kind);
        RawConnection connection = container.connect()) {
      connection.send(container.get("/open"));
      Answer answer = connection.answer().hasStatus(200).isKilled();
      assertThat(answer.text()).isEqualTo("hello");
    }
  }

  /** A whole answer of a failed application (R13), which the hook was to close behind. */
  @ParameterizedTest
  @EnumSource
  void s3_aRequestWithAWholeAnswerIsOver(Container.Kind kind) throws Exception {
    try (Container container = start(kind);
        RawConnection connection = container.connect()) {
      connection.send(container.get("/whole").header("Connection", "close"));
      connection.answer().hasStatus(200).hasText("hello");
      connection.isClosed();
    }
  }

  private static Container start(Container.Kind kind) throws Exception {
    Host host = new Host();
    ApplicationBuilder app = new ApplicationBuilder(host.features());
    app.runAsync(
        context ->
            CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
                .thenCompose(ignored -> sendAndFail(context)));
    host.start(new PipelineApplication(app.build()));
    return kind.start(new WebApp().servlet("/*", new PipelineServlet(host)));
  }

  private static CompletableFuture<Void> sendAndFail(HttpContext context) {
    try {
      if (context.request().path().equals("/whole")) {
        context.response().setContentLength(5);
      }
      Stages.await(context.response().writeAsync("hello"));
      Stages.await(context.response().flushAsync());
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.failedFuture(new IllegalStateException("fails on purpose"));
  }
}
