package org.pipebridge.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpMinDataRateFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;

/**
 * The part of a {@link ServletServer} that a host overrides which owns its container. Each method
 * is what any container allows, or says that the servlet API cannot do it.
 */
abstract class HostHooks {

  private volatile @Nullable ContainerKind container;

  /** What kind of container this is; found out at the first request, as it takes reflection. */
  final ContainerKind container(HttpServletRequest request) {
    ContainerKind known = container;
    if (known == null) {
      known = ContainerKind.of(request);
      container = known;
    }
    return known;
  }

  /**
   * Breaks the connection or stream of a request, so that its client sees an incomplete message.
   * The servlet API has no way to; Undertow and Grizzly have ways of their own, and so may a host
   * that owns its container. Called from any thread.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return whether the connection is broken now; if not, or if this throws, the container's own
   *     way is tried
   */
  protected boolean breakConnection(HttpServletRequest request) {
    return UndertowConnection.close(request) || GrizzlyConnection.close(request);
  }

  /**
   * Sets the reason phrase of the response to a request (F45). The servlet API has no way to; a
   * host that owns its container may.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param phrase the phrase, or null for the standard one
   * @return whether this server can send one to this request; false unless overridden
   */
  protected boolean setReasonPhrase(HttpServletRequest request, @Nullable String phrase) {
    return false;
  }

  /**
   * Returns how slow the client of a request may be, to be changed by an application (F48). The
   * servlet API knows nothing of that; a host that owns its container may.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param checkAlive throws when the request is over, to be called by each member (C12)
   * @return the feature, or null, unless overridden, if nobody watches
   */
  protected @Nullable HttpMinDataRateFeature minDataRate(
      HttpServletRequest request, Runnable checkAlive) {
    return null;
  }

  /**
   * Tells whether early hints can be sent in front of the response to a request (F53).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param response its response
   * @return true in Jetty, and in Tomcat over HTTP/2, unless overridden
   */
  protected boolean canSendHints(HttpServletRequest request, HttpServletResponse response) {
    return ContainerHints.canBeSent(request, response);
  }

  /**
   * Sends early hints, where {@link #canSendHints} says so; the response has not begun.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param response its response
   * @param hints the header lines
   * @return a stage that completes when they are on their way
   * @throws IOException if the client has gone
   */
  protected CompletionStage<Void> sendHints(
      HttpServletRequest request, HttpServletResponse response, Headers hints) throws IOException {
    ContainerHints.send(response, hints);
    return CompletableFuture.completedStage(null);
  }

  /**
   * Tells whether {@link #resetStream} does anything, so that requests over HTTP/2 have a {@link
   * org.pipebridge.feature.HttpResetFeature}.
   *
   * @return false unless overridden
   */
  protected boolean canResetStreams() {
    return false;
  }

  /**
   * Resets the stream of a request over HTTP/2 in place of {@link #breakConnection} (F41). Does
   * nothing unless overridden.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param errorCode the error code for the client, of 32 bits
   */
  protected void resetStream(HttpServletRequest request, long errorCode) {}

  /**
   * Tells whether a request over HTTP/2 that declares no length may have content (F29). A container
   * does not show whether the head ended the stream.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return true unless overridden
   */
  protected boolean hasStreamContent(HttpServletRequest request) {
    return true;
  }

  /**
   * Returns the scheme of the transport (F20), which a client may claim to be another one in an
   * absolute target (V18).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return what the container says, unless overridden
   */
  protected String scheme(HttpServletRequest request) {
    return request.getScheme();
  }

  /**
   * Tells whether a request came over TLS, so that it has the features of that (F43, F44).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return what the container says, unless overridden
   */
  protected boolean isOverTls(HttpServletRequest request) {
    return request.isSecure();
  }

  /**
   * Returns the request target as sent. In a container it is put together from the raw URI and the
   * query, so an absolute form may have become the origin form (V18).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return the target, never decoded
   */
  protected String rawTarget(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /**
   * Returns the part of the request target that the path is taken from (V11): the raw path, an
   * absolute URI, or what is neither and has no path, such as "*" (V17).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return the raw URI without its query, never decoded
   */
  protected String requestUri(HttpServletRequest request) {
    return request.getRequestURI();
  }

  /**
   * Tells whether the container's own idea of a path counts: its constraints and the servlets
   * behind a filter go by that. A servlet then refuses a target that the container has mapped to
   * another path than ours (V15), and a filter takes the container's (W34).
   *
   * @return true, unless a host that owns its container takes paths from the target alone
   */
  protected boolean mapsPaths() {
    return true;
  }

  /**
   * Tells whether the container decides itself, and says, when a response to a client of HTTP/1.0
   * ends with its connection (R24, R25). Else each whose length is not declared does.
   *
   * @return false, unless a host that owns its container frames its responses
   */
  protected boolean endsOldConnections() {
    return false;
  }

  /**
   * Tells whether a request over HTTP/1.1 is given its own trailers only (F7), not also those of
   * earlier requests on its connection. Else it has none (F39).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return true, unless the container is a Jetty before 12.0.36 or 12.1.10; a host that owns its
   *     container may keep them apart itself
   */
  protected boolean keepsTrailersApart(HttpServletRequest request) {
    return !MixedTrailers.isIn(request.getServletContext().getServerInfo());
  }

  /**
   * Tells a host that owns its container of a request, before the application gets it, so that it
   * can abort the request when it finds that the client has gone (A3). Does nothing unless
   * overridden.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param features what it begins with. Its {@link HttpRequestLifetimeFeature} aborts the request,
   *     from any thread; once the request is over it does nothing (A4)
   */
  protected void onRequest(HttpServletRequest request, FeatureCollection features) {}

  /**
   * Tells whether the connection of a request can be turned over to another protocol (F37).
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return true in Tomcat and Undertow, whose {@code HttpServletRequest.upgrade} does so, unless
   *     overridden
   */
  protected boolean isUpgradable(HttpServletRequest request) {
    return container(request).upgrades();
  }

  /**
   * Tells whether {@link #upgrade} is to be called on the container's thread, before that leaves
   * the servlet, so that it waits where a request that asks for an upgrade has a pending stage.
   *
   * @return true, as the servlet API wants it, unless overridden
   */
  protected boolean upgradesOnContainerThread() {
    return true;
  }

  /**
   * Turns the connection of a request over: the 101, which is on the response already, is sent now,
   * or when the container's thread leaves the servlet.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @param response its response
   * @return a stage with the connection, which completes after the 101 was sent
   * @throws IOException if the client is gone
   * @throws ServletException if the container refuses
   */
  protected CompletionStage<AsynchronousByteChannel> upgrade(
      HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    return request.upgrade(UpgradeBridge.class).opened();
  }

  /**
   * Returns what runs application code that may block, away from the threads of requests. The
   * servlet API offers no threads for an upgraded connection, but the JDK does.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return virtual threads, before Java 21 the default executor of {@link CompletableFuture},
   *     unless overridden
   */
  protected Executor executor(HttpServletRequest request) {
    return BlockingThreads.executor();
  }

  /**
   * Returns the TLS session of a request over https, which no servlet container shows (F44). A host
   * that owns its container may.
   *
   * @param request the request as the container passed it in, perhaps wrapped by filters
   * @return the session; null unless overridden
   */
  protected @Nullable SSLSession tlsSession(HttpServletRequest request) {
    return null;
  }
}
