package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.HttpRequestLifetimeFeature;

final class WatchedEndPointTest {

  private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(30);

  private final ByteArrayEndPoint inner = new ByteArrayEndPoint();
  private final WatchedEndPoint endPoint =
      new WatchedEndPoint(inner, Runnable::run, JettyOptions.DEFAULT);
  private final CompletableFuture<Void> aborted = new CompletableFuture<>();

  @Test
  void a3_whoLeftBeforeTheApplicationCouldBeToldIsNoticedAtTheNextCheck() {
    endPoint.begin(request(), response());
    check();
    inner.addInputEOF();
    endPoint.setLifetime(lifetime());
    assertThat(aborted).isNotDone();
    check();
    assertThat(aborted).isDone();
  }

  @Test
  void a3_whoLeftBehindARequestIsNoticedInTheNextOne() {
    endPoint.begin(request(), response());
    check();
    inner.addInputEOF();
    endPoint.over(false);
    endPoint.begin(request(), response());
    endPoint.setLifetime(lifetime());
    check();
    assertThat(aborted).isDone();
  }

  private void check() {
    endPoint.check(System.nanoTime(), TIMEOUT, -1);
  }

  private HttpRequestLifetimeFeature lifetime() {
    return fake(
        HttpRequestLifetimeFeature.class,
        method -> method.equals("abort") ? aborted.complete(null) : null);
  }

  private static Request request() {
    return fake(Request.class, method -> method.equals("getHeaders") ? HttpFields.EMPTY : null);
  }

  private static Response response() {
    return fake(Response.class, method -> method.equals("hasLastWrite") ? false : null);
  }

  private static <T> T fake(Class<T> type, Function<String, Object> results) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object result = results.apply(method.getName());
              return method.getReturnType() == void.class ? null : result;
            }));
  }
}
