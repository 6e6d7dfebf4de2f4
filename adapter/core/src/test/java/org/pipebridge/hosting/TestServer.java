package org.pipebridge.hosting;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AsyncCallback;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HeaderMap;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddresses;
import org.pipebridge.server.ServerAddressesFeature;

/** A server without a port: it notes what is done to it, and runs the application when asked to. */
final class TestServer implements Server {

  final List<String> events = new CopyOnWriteArrayList<>();
  final ServerAddresses addresses = new ServerAddresses();
  @Nullable IOException startFailure;
  Runnable whenStopped = () -> {};
  private final FeatureMap features = new FeatureMap();
  private @Nullable HttpApplication<?> application;

  TestServer() {
    features.set(ServerAddressesFeature.class, addresses);
  }

  @Override
  public FeatureMap features() {
    return features;
  }

  @Override
  public <C> void start(HttpApplication<C> application) throws IOException {
    events.add("start " + String.join(";", addresses.addresses()));
    if (startFailure != null) {
      throw startFailure;
    }
    this.application = application;
    List<String> real = new ArrayList<>(addresses.addresses());
    real.replaceAll(address -> address.replaceFirst(":0$", ":4711").replace("*", "[::]"));
    addresses.fix(real.isEmpty() ? List.of("http://localhost:5000") : real);
  }

  @Override
  public void stop(Duration grace) {
    events.add("stop " + grace);
    whenStopped.run();
  }

  /** Runs the application on a request, and returns the response. */
  HttpResponseFeature request() {
    return request(application);
  }

  private <C> HttpResponseFeature request(HttpApplication<C> application) {
    FeatureMap request = new FeatureMap();
    request.set(HttpResponseFeature.class, new Response());
    C context = application.createContext(request);
    Throwable failure = null;
    try {
      Stages.await(application.process(context));
    } catch (Exception e) {
      failure = e;
    }
    application.disposeContext(context, failure);
    return new HttpContext(request).features().require(HttpResponseFeature.class);
  }

  private static final class Response implements HttpResponseFeature {
    private final Headers headers = new HeaderMap();
    private int status = 200;

    @Override
    public int status() {
      return status;
    }

    @Override
    public void setStatus(int status) {
      this.status = status;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public boolean hasStarted() {
      return false;
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
