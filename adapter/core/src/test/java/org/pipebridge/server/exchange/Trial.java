package org.pipebridge.server.exchange;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.pipeline.Handler;
import org.pipebridge.pipeline.RequestDelegate;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.ServerOptions;

/** Runs an application on a recording transport and keeps what it saw. */
final class Trial implements HttpApplication<HttpContext> {

  final RecordingTransport transport;
  final Exchanges server;
  final List<Object> disposals = new CopyOnWriteArrayList<>();
  private final RequestDelegate delegate;
  @Nullable HttpContext context;
  int statusAtEnd;

  private Trial(RecordingTransport transport, Exchanges server, RequestDelegate delegate) {
    this.transport = transport;
    this.server = server;
    this.delegate = delegate;
  }

  static Trial run(Handler handler) {
    return run(new RecordingTransport(), handler);
  }

  static Trial run(RecordingTransport transport, Handler handler) {
    return runAsync(
        transport,
        context -> {
          handler.handle(context);
          return Stages.completed();
        });
  }

  static Trial runAsync(RecordingTransport transport, RequestDelegate delegate) {
    return on(new Exchanges(ServerOptions.DEFAULT), transport, delegate);
  }

  static Trial on(Exchanges server, RecordingTransport transport, RequestDelegate delegate) {
    Trial trial = new Trial(transport, server, delegate);
    new ExchangeRun<>(trial, new Exchange(transport, server)).run();
    trial.rethrowAssertion();
    return trial;
  }

  Trial awaitOver() throws InterruptedException {
    if (!transport.over.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the exchange did not end: " + transport.events);
    }
    rethrowAssertion();
    return this;
  }

  /** An assertion that failed within the application fails the test. */
  private void rethrowAssertion() {
    for (Object disposal : disposals) {
      if (disposal instanceof AssertionError failed) {
        throw failed;
      }
    }
  }

  /** What disposeContext was given: "none" for null. */
  Object disposedWith() {
    if (disposals.size() != 1) {
      throw new AssertionError("disposeContext must be called once, but: " + disposals);
    }
    return disposals.get(0);
  }

  @Override
  public HttpContext createContext(FeatureCollection features) {
    context = new HttpContext(features);
    return context;
  }

  @Override
  public CompletionStage<Void> process(HttpContext given) throws Exception {
    return delegate.invoke(given);
  }

  @Override
  public void disposeContext(HttpContext given, @Nullable Throwable failure) {
    statusAtEnd = given.response().status();
    disposals.add(failure == null ? "none" : failure);
  }
}
