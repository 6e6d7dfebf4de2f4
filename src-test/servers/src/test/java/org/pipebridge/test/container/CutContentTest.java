package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

/**
 * Clients of HTTP/2 that close their connection while an application waits for content, which
 * Undertow does not always tell: the read fails, and what has come never looks like all of it.
 */
final class CutContentTest {

  /** How far a client comes with content that has no declared length. */
  enum Sent {
    NOTHING,
    A_FRAME,
    A_PART_OF_A_FRAME,
    /** Without blocking only: a thread that waits then stays in Undertow for ever. */
    A_PART_OF_THE_LAST_FRAME
  }

  private static final int CLIENTS = 16;
  private static final int SECONDS = 20;

  private final Semaphore asked = new Semaphore(0);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();

  static Stream<Arguments> cases() {
    return Stream.of(Sent.values())
        .flatMap(
            sent ->
                Stream.of(false, true)
                    .filter(blocking -> !blocking || sent != Sent.A_PART_OF_THE_LAST_FRAME)
                    .map(blocking -> Arguments.of(sent, blocking)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a3_s3_aReadEndsWithItsConnection(Sent sent, boolean blocking) throws Exception {
    WebApp app = new WebApp().pipeline("/*", pipeline -> pipeline.runAsync(this::readAll));
    try (Container container = Container.Kind.UNDERTOW.start(app)) {
      for (int i = 0; i < CLIENTS; i++) {
        leaveAmid(container.address(), sent, blocking ? "/blocking" : "/waiting");
      }
      LiveThreads.await(() -> ends.size() == CLIENTS);
      assertThat(ends).isEqualTo(Collections.nCopies(CLIENTS, "RequestAbortedException"));
    }
  }

  @Test
  void a4_aClientThatLeavesWithItsAnswerAbortsNothing() throws Exception {
    CompletableFuture<Boolean> aborted = new CompletableFuture<>();
    WebApp app =
        new WebApp()
            .filter("/*", this::watch)
            .pipeline("/*", pipeline -> pipeline.runAsync(c -> answer(c, aborted)));
    try (Container container = Container.Kind.UNDERTOW.start(app)) {
      InetSocketAddress server = container.address();
      try (Socket client = new Socket(server.getAddress(), server.getPort())) {
        OutputStream out = Http2Frames.begin(client, "/answered");
        out.write(Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, 1, new byte[10]));
        assertThat(asked.tryAcquire(SECONDS, TimeUnit.SECONDS)).as("answered").isTrue();
      }
      assertThat(aborted.get(SECONDS, TimeUnit.SECONDS)).as("aborted").isFalse();
    }
  }

  /** Learns when Undertow knows that the connection is closed. */
  private void watch(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ServletRequestContext.requireCurrent()
        .getExchange()
        .getConnection()
        .addCloseListener(connection -> closed.complete(null));
    chain.doFilter(request, response);
  }

  private CompletionStage<Void> answer(HttpContext context, CompletableFuture<Boolean> aborted) {
    context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    return readOn(context)
        .thenCompose(all -> context.response().completeAsync())
        .thenCompose(
            sent -> {
              CompletableFuture<Boolean> told =
                  context.aborted().toCompletableFuture().thenApply(ignored -> true);
              asked.release();
              return closed.thenCompose(v -> told.completeOnTimeout(false, 1, TimeUnit.SECONDS));
            })
        .thenAccept(aborted::complete);
  }

  private CompletionStage<Void> readAll(HttpContext context) {
    if (context.request().path().equals("/waiting")) {
      context.features().require(HttpBodyControlFeature.class).setAllowSynchronousIo(false);
    }
    asked.release();
    return readOn(context)
        .handle(
            (ignored, failure) -> {
              Throwable cause = failure == null ? null : Stages.unwrap(failure);
              ends.add(cause == null ? "all" : cause.getClass().getSimpleName());
              return null;
            });
  }

  private static CompletionStage<Void> readOn(HttpContext context) {
    return context
        .request()
        .read(ByteBuffer.allocate(8192))
        .thenCompose(count -> count < 0 ? CompletableFuture.completedStage(null) : readOn(context));
  }

  private void leaveAmid(InetSocketAddress server, Sent sent, String path) throws Exception {
    try (Socket client = new Socket(server.getAddress(), server.getPort())) {
      OutputStream out = Http2Frames.begin(client, path);
      assertThat(asked.tryAcquire(SECONDS, TimeUnit.SECONDS)).as("asked").isTrue();
      boolean last = sent == Sent.A_PART_OF_THE_LAST_FRAME;
      byte[] data =
          Http2Frames.frame(Http2Frames.DATA, last ? Http2Frames.END_STREAM : 0, 1, new byte[1000]);
      switch (sent) {
        case NOTHING -> {}
        case A_FRAME -> out.write(data);
        case A_PART_OF_A_FRAME, A_PART_OF_THE_LAST_FRAME -> out.write(data, 0, data.length / 2);
      }
    }
  }
}
