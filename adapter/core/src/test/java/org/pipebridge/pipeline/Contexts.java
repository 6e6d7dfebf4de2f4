package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;

/** Contexts over the two features that a pipeline itself touches. */
final class Contexts {

  private Contexts() {}

  static HttpContext get(String path) {
    return get("", path);
  }

  static HttpContext get(String pathBase, String path) {
    var features = new FeatureMap();
    features.set(HttpRequestFeature.class, new Request(pathBase, path));
    features.set(HttpResponseFeature.class, new Response());
    return new HttpContext(features);
  }

  static int status(HttpContext context) {
    return context.features().require(HttpResponseFeature.class).status();
  }

  static void start(HttpContext context) {
    ((Response) context.features().require(HttpResponseFeature.class)).started = true;
  }

  /** Shows both parts of the path, as {@code base|path}. */
  static String paths(HttpContext context) {
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    return request.pathBase() + "|" + request.path();
  }

  /** Runs a pipeline to the end of its stage, as a server does. */
  static void run(RequestDelegate pipeline, HttpContext context) throws Exception {
    Stages.await(pipeline.invoke(context));
  }

  /** Runs what an application is made of on a request for a path. */
  static HttpContext run(ApplicationBuilder app, String path) throws Exception {
    HttpContext context = get(path);
    run(app.build(), context);
    return context;
  }

  /** A stage that does what it is told to on a thread of its own. */
  static CompletionStage<Void> later(ThrowingRunnable work) {
    var stage = new java.util.concurrent.CompletableFuture<Void>();
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
                stage.complete(null);
              } catch (Throwable e) {
                stage.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return stage;
  }

  /** Work that may fail. */
  @FunctionalInterface
  interface ThrowingRunnable {
    void run() throws Exception;
  }

  private static final class Request implements HttpRequestFeature {
    private final Headers headers = new HeaderMap();
    private String pathBase;
    private String path;

    Request(String pathBase, String path) {
      this.pathBase = pathBase;
      this.path = path;
    }

    @Override
    public String protocol() {
      return "HTTP/1.1";
    }

    @Override
    public void setProtocol(String protocol) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public void setScheme(String scheme) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public void setMethod(String method) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String pathBase() {
      return pathBase;
    }

    @Override
    public void setPathBase(String pathBase) {
      this.pathBase = pathBase;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public void setPath(String path) {
      this.path = path;
    }

    @Override
    public String queryString() {
      return "";
    }

    @Override
    public void setQueryString(String queryString) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String rawTarget() {
      return "";
    }

    @Override
    public void setRawTarget(String rawTarget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Headers headers() {
      return headers;
    }
  }

  private static final class Response implements HttpResponseFeature {
    private final Headers headers = new HeaderMap();
    private int status = 200;
    private boolean started;

    @Override
    public int status() {
      return status;
    }

    @Override
    public void setStatus(int status) {
      if (started) {
        throw new IllegalStateException("the response has started");
      }
      this.status = status;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public boolean hasStarted() {
      return started;
    }

    @Override
    public void onStarting(AsyncCallback callback) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void onCompleted(AsyncCallback callback) {
      throw new UnsupportedOperationException();
    }
  }
}
