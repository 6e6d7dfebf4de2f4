package org.pipebridge.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.internal.Stages;

/** One request of a server of three features, the least there is (F11). */
final class ThreeFeatures implements HttpResponseFeature, HttpResponseBodyFeature {

  final FeatureMap features = new FeatureMap();
  final PlainRequest request = new PlainRequest();
  final HttpContext context = new HttpContext(features);
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  int flushes;
  boolean completed;
  boolean unbuffered;

  private final Deque<AsyncCallback> onStarting = new ArrayDeque<>();
  private final Deque<AsyncCallback> onCompleted = new ArrayDeque<>();
  private final OutputStream stream = new SentStream();
  private int status = 200;
  private boolean started;

  private final Headers headers =
      new HeaderMap() {
        @Override
        protected void beforeWrite() {
          checkNotStarted();
        }
      };

  ThreeFeatures() {
    features.set(HttpRequestFeature.class, request);
    features.set(HttpResponseFeature.class, this);
    features.set(HttpResponseBodyFeature.class, this);
  }

  ThreeFeatures header(String name, String value) {
    request.headers().add(name, value);
    return this;
  }

  ThreeFeatures body(byte[] content) {
    features.set(
        HttpRequestBodyFeature.class,
        HttpRequestBodyFeature.of(new java.io.ByteArrayInputStream(content)));
    return this;
  }

  /** What a server does at the end of a request. */
  void end() throws Exception {
    while (!onCompleted.isEmpty()) {
      Stages.await(onCompleted.pop().run());
    }
    features.end();
  }

  String text() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    checkNotStarted();
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
    checkNotStarted();
    onStarting.push(callback);
  }

  @Override
  public void onCompleted(AsyncCallback callback) {
    onCompleted.push(callback);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public CompletionStage<Void> start() {
    if (!started) {
      while (!onStarting.isEmpty()) {
        try {
          Stages.await(onStarting.pop().run());
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
      started = true;
    }
    return Stages.completed();
  }

  @Override
  public CompletionStage<Void> complete() {
    completed = true;
    return start();
  }

  @Override
  public void disableBuffering() {
    unbuffered = true;
  }

  private void checkNotStarted() {
    if (started) {
      throw new IllegalStateException("the response has started");
    }
  }

  private final class SentStream extends OutputStream {

    @Override
    public void write(int b) {
      start();
      sent.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      start();
      sent.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      start();
      flushes++;
    }
  }

  /** A request that holds what it is told. */
  static final class PlainRequest implements HttpRequestFeature {

    private final Headers headers = Headers.create();
    private String protocol = "HTTP/1.1";
    private String scheme = "http";
    private String method = "GET";
    private String pathBase = "";
    private String path = "/";
    private String queryString = "";
    private String rawTarget = "";

    @Override
    public String protocol() {
      return protocol;
    }

    @Override
    public void setProtocol(String protocol) {
      this.protocol = protocol;
    }

    @Override
    public String scheme() {
      return scheme;
    }

    @Override
    public void setScheme(String scheme) {
      this.scheme = scheme;
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public void setMethod(String method) {
      this.method = method;
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
      return queryString;
    }

    @Override
    public void setQueryString(String queryString) {
      this.queryString = queryString;
    }

    @Override
    public String rawTarget() {
      return rawTarget;
    }

    @Override
    public void setRawTarget(String rawTarget) {
      this.rawTarget = rawTarget;
    }

    @Override
    public Headers headers() {
      return headers;
    }
  }
}
