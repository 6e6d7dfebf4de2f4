package org.pipebridge.jetty;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpMinDataRateFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.server.ServerOptions;
import org.pipebridge.servlet.ServletServer;

/** The servlet server of a host that owns its container: does what the servlet API cannot. */
final class HostedServer extends ServletServer {

  HostedServer(ServerOptions options) {
    super(options);
  }

  /** Lets nothing in any more; connections that are idle can be closed then. */
  void refuseRequests() {
    refuse();
  }

  /** Sees to it that the application learns of a client that goes away (A3). */
  @Override
  protected void onRequest(HttpServletRequest request, FeatureCollection features) {
    ServletContextRequest core = core(request);
    WatchedEndPoint endPoint = WatchedEndPoint.of(core);
    if (endPoint != null) {
      endPoint.setLifetime(features.require(HttpRequestLifetimeFeature.class));
    } else if (Http2Stream.carries(core)) {
      Http2Stream.onLeaving(
          core,
          core.getServletContextResponse(),
          features.require(HttpRequestLifetimeFeature.class)::abort);
    }
  }

  @Override
  protected boolean canResetStreams() {
    return true;
  }

  @Override
  protected void resetStream(HttpServletRequest request, long errorCode) {
    Http2Stream.reset(core(request), errorCode);
  }

  @Override
  protected boolean hasStreamContent(HttpServletRequest request) {
    ServedRequest served = Request.as(core(request), ServedRequest.class);
    return served == null || !served.isStreamEnded();
  }

  /** Closes the connection, or resets the stream (A1, R11, R13). */
  @Override
  protected boolean breakConnection(HttpServletRequest request) {
    ServletContextRequest core = core(request);
    if (Http2Stream.carries(core)) {
      Http2Stream.reset(core, Http2Stream.INTERNAL_ERROR);
      return true;
    }
    EndPoint endPoint = core.getConnectionMetaData().getConnection().getEndPoint();
    boolean endsByClosing = core.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1;
    if (endsByClosing && !core.getServletContextResponse().hasLastWrite()) {
      makeResetting(endPoint);
    }
    // on TLS below it, without the alert that tells of a proper end
    EndPoint lowest = endPoint.getTransport() instanceof EndPoint raw ? raw : endPoint;
    lowest.close(new IOException("the request was aborted"));
    return true;
  }

  @Override
  protected boolean setReasonPhrase(HttpServletRequest request, @Nullable String phrase) {
    WatchedEndPoint endPoint = WatchedEndPoint.of(core(request));
    if (endPoint != null) {
      endPoint.setReasonPhrase(phrase);
    }
    return endPoint != null;
  }

  @Override
  protected @Nullable HttpMinDataRateFeature minDataRate(
      HttpServletRequest request, Runnable checkAlive) {
    WatchedEndPoint endPoint = WatchedEndPoint.of(core(request));
    return endPoint == null ? null : new MinDataRate(endPoint, checkAlive);
  }

  @Override
  protected boolean canSendHints(HttpServletRequest request, HttpServletResponse response) {
    return core(request).getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0;
  }

  @Override
  protected CompletionStage<Void> sendHints(
      HttpServletRequest request, HttpServletResponse response, Headers hints) {
    HttpFields.Mutable lines = HttpFields.build();
    hints.forEach(lines::add);
    CompletableFuture<Void> sent =
        core(request).getServletContextResponse().writeInterim(HttpStatus.EARLY_HINTS_103, lines);
    // Jetty completes it on a thread that selects, where nothing may wait (B13)
    return sent.isDone()
        ? sent
        : sent.whenCompleteAsync((ignored, failure) -> {}, executor(request));
  }

  /** A response that ends with its connection is seen to be incomplete only if that is reset. */
  private static void makeResetting(EndPoint endPoint) {
    Object transport = endPoint.getTransport();
    if (transport instanceof EndPoint raw) {
      transport = raw.getTransport();
    }
    if (transport instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // it is closed already
      }
    }
  }

  @Override
  protected boolean isUpgradable(HttpServletRequest request) {
    return WatchedEndPoint.of(core(request)) != null;
  }

  @Override
  protected boolean upgradesOnContainerThread() {
    return false;
  }

  /** Turns the connection over as Jetty's own protocols do, for its servlet API does not. */
  @Override
  protected CompletionStage<AsynchronousByteChannel> upgrade(
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    ServletContextRequest core = core(request);
    EndPoint endPoint = core.getConnectionMetaData().getConnection().getEndPoint();
    TurnedOverConnection connection =
        new TurnedOverConnection(
            endPoint, core.getConnectionMetaData().getConnector().getExecutor());
    core.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    response.flushBuffer();
    return connection.opened();
  }

  /** Jetty's threads, or virtual ones where requests run on these. */
  @Override
  protected Executor executor(HttpServletRequest request) {
    Executor threads = core(request).getConnectionMetaData().getConnector().getExecutor();
    Executor virtual = org.eclipse.jetty.util.VirtualThreads.getVirtualThreadsExecutor(threads);
    return virtual == null ? threads : virtual;
  }

  @Override
  protected String scheme(HttpServletRequest request) {
    WatchedEndPoint endPoint = WatchedEndPoint.of(core(request));
    if (endPoint == null || endPoint.head().isOriginForm()) {
      return request.getScheme();
    }
    return isOverTls(request) ? "https" : "http"; // the target names one, too
  }

  @Override
  protected boolean isOverTls(HttpServletRequest request) {
    return tlsSession(request) != null;
  }

  @Override
  protected String rawTarget(HttpServletRequest request) {
    Request core = core(request);
    HttpURI uri = core.getHttpURI();
    WatchedEndPoint endPoint = WatchedEndPoint.of(core);
    if (endPoint != null && endPoint.head().hiddenTarget() != null) {
      return endPoint.head().hiddenTarget();
    }
    if (HttpMethod.CONNECT.is(core.getMethod())) {
      return uri.getAuthority();
    }
    String path = uri.getPath();
    if (path.startsWith("/") && endPoint != null && !endPoint.head().isOriginForm()) {
      return uri.asString();
    }
    return uri.getQuery() == null ? path : path + "?" + uri.getQuery();
  }

  /** A hidden target has a path that the request does not show; an authority has none (V17). */
  @Override
  protected String requestUri(HttpServletRequest request) {
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      return "";
    }
    WatchedEndPoint endPoint = WatchedEndPoint.of(core(request));
    String hidden = endPoint == null ? null : endPoint.head().hiddenTarget();
    if (hidden == null || request.getDispatcherType() != DispatcherType.REQUEST) {
      return super.requestUri(request);
    }
    int query = hidden.indexOf('?');
    return query < 0 ? hidden : hidden.substring(0, query);
  }

  @Override
  protected boolean keepsTrailersApart(HttpServletRequest request) {
    return true; // OwnTrailers
  }

  @Override
  protected boolean endsOldConnections() {
    return true; // FramedResponse
  }

  @Override
  protected boolean mapsPaths() {
    return false; // one servlet answers all, whatever Jetty makes of the path
  }

  @Override
  protected @Nullable SSLSession tlsSession(HttpServletRequest request) {
    return core(request).getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData tls
        ? tls.sslSession()
        : null;
  }

  private static ServletContextRequest core(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request);
  }
}
