package org.pipebridge.test.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.pipebridge.http.HttpContext;

/**
 * A client that resets its stream after the request has become asynchronous, and before the
 * container's thread has left it. Tomcat then calls {@code onError} on that thread, and up to
 * 10.1.59 counts on the listener to complete: otherwise it closes the whole connection, and uses
 * its objects again for another request as they are.
 */
final class EarlyResetTest {

  private final CompletableFuture<HttpContext> asked = new CompletableFuture<>();
  private final CompletableFuture<Boolean> aborted = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CompletableFuture<Void> completed = new CompletableFuture<>();
  private final CompletableFuture<Void> resetSeen = new CompletableFuture<>();

  @Test
  void a3_tomcatEndsThatRequestAlone() throws Exception {
    WebApp app =
        new WebApp()
            .abortedOverHttp2(true)
            .filter("/reset", this::waitForReset)
            .pipeline(
                "/*",
                pipeline -> {
                  pipeline.map("/reset", reset -> reset.runAsync(this::answerLater));
                  pipeline.run(context -> context.response().write("another"));
                });
    HTTP2Client client = new HTTP2Client();
    LifeCycle.start(client);
    try (Container container = Container.Kind.TOMCAT.start(app)) {
      Session session =
          client.connect(container.address(), new Session.Listener() {}).get(20, TimeUnit.SECONDS);
      Stream stream = ask(session, "/reset", new Stream.Listener() {});
      asked.get(20, TimeUnit.SECONDS);
      stream.reset(
          new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
      resetSeen.get(20, TimeUnit.SECONDS);
      assertThat(aborted.get(20, TimeUnit.SECONDS)).as("aborted").isTrue();
      for (int i = 0; i < 8; i++) { // what Tomcat uses again comes to one of them
        Status status = new Status();
        ask(session, "/", status);
        assertThat(status.value.get(20, TimeUnit.SECONDS)).as("status").isEqualTo(200);
      }
      end.complete(null);
      completed.get(20, TimeUnit.SECONDS);
    } finally {
      LifeCycle.stop(client);
    }
  }

  private CompletableFuture<Void> answerLater(HttpContext context) {
    context.response().onCompleted(() -> completed.complete(null));
    asked.complete(context);
    context.aborted().thenRun(() -> aborted.complete(context.isAborted()));
    return end;
  }

  /** Keeps the container's thread until the container knows of the reset. */
  private void waitForReset(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    if (LiveThreads.await(() -> request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) != null)) {
      resetSeen.complete(null);
    }
  }

  private static Stream ask(Session session, String path, Stream.Listener answer) throws Exception {
    HttpURI target = HttpURI.from("http://localhost" + path);
    MetaData.Request head =
        new MetaData.Request("GET", target, HttpVersion.HTTP_2, HttpFields.EMPTY);
    return session.newStream(new HeadersFrame(head, null, true), answer).get(20, TimeUnit.SECONDS);
  }

  private static final class Status implements Stream.Listener {

    private final CompletableFuture<Integer> value = new CompletableFuture<>();

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      value.complete(((MetaData.Response) frame.getMetaData()).getStatus());
      stream.demand();
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      value.completeExceptionally(new IOException("reset with the error " + frame.getError()));
      callback.succeeded();
    }

    @Override
    public void onFailure(
        Stream stream, int error, String reason, Throwable failure, Callback callback) {
      value.completeExceptionally(new IOException(reason, failure));
      callback.succeeded();
    }
  }
}
