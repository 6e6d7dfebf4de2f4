package org.pipebridge.http;

import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AuthenticationFeature;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpRequestIdentifierFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.ItemsFeature;
import org.pipebridge.feature.Session;
import org.pipebridge.feature.SessionFeature;

/**
 * One request and its response: a view over a feature collection.
 *
 * <p>It holds no state but the collection: two contexts over one collection agree at all times
 * (C1), and replacing a feature shows at once (F9). Where the collection lacks a feature that has a
 * default, the view makes it and stores it there (F10).
 *
 * <p>One thread at a time; {@link #abort()}, {@link #isAborted()} and {@link #aborted()} may be
 * called from any. When the request is over, each other member throws {@link IllegalStateException}
 * (C12). ASP.NET Core: {@code HttpContext}.
 *
 * @since 0.1
 */
public final class HttpContext {

  private final FeatureCollection features;
  private final HttpResponse response;
  private @Nullable HttpRequest request; // a view, made when it is looked at

  /**
   * Creates a view; any collection will do, and no server is needed.
   *
   * @param features the collection
   */
  public HttpContext(FeatureCollection features) {
    this.features = Objects.requireNonNull(features, "features");
    this.response = new HttpResponse(features);
  }

  /**
   * Returns the collection this is a view over.
   *
   * @return the features
   */
  public FeatureCollection features() {
    checkAlive();
    return features;
  }

  /**
   * Returns the request.
   *
   * @return the same view at each call
   */
  public HttpRequest request() {
    checkAlive();
    HttpRequest view = request;
    if (view == null) {
      view = new HttpRequest(features);
      request = view;
    }
    return view;
  }

  /**
   * Returns the response.
   *
   * @return the same view at each call
   */
  public HttpResponse response() {
    checkAlive();
    return response;
  }

  /**
   * Returns the connection the request came on (F26).
   *
   * @return the feature; by default one that knows nothing
   */
  public HttpConnectionFeature connection() {
    return Defaults.get(features, HttpConnectionFeature.class, PlainConnection::new);
  }

  /**
   * Returns who sent the request (F35).
   *
   * @return the user, or null if nobody is authenticated
   */
  public @Nullable Principal user() {
    return authentication().user();
  }

  /**
   * Sets who sent the request, as the pipeline sees it.
   *
   * @param user the user, or null for nobody
   */
  public void setUser(@Nullable Principal user) {
    authentication().setUser(user);
  }

  /**
   * Returns values that parts of the application share for this request (F30).
   *
   * @return a map that can be changed; it stays usable after the request
   */
  public Map<Object, Object> items() {
    return itemsFeature().items();
  }

  /**
   * Replaces the map of shared values.
   *
   * @param items the new one
   */
  public void setItems(Map<Object, Object> items) {
    itemsFeature().setItems(Objects.requireNonNull(items, "items"));
  }

  /**
   * Returns the session of the client, which is created at its first write (F36).
   *
   * @return the session
   * @throws IllegalStateException if this server has no sessions
   */
  public Session session() {
    return features.require(SessionFeature.class).session();
  }

  /**
   * Returns a name for the request in logs (F25).
   *
   * @return the identifier, unique in the process
   */
  public String traceIdentifier() {
    return identifier().traceIdentifier();
  }

  /**
   * Sets the name for the request in logs.
   *
   * @param traceIdentifier the identifier, or null for a new one at the next look
   */
  public void setTraceIdentifier(@Nullable String traceIdentifier) {
    identifier().setTraceIdentifier(traceIdentifier);
  }

  /**
   * Returns a stage that completes when the request is aborted, and never otherwise (A3, A4).
   *
   * @return the stage; after the end of the request it stays as it was
   */
  public CompletionStage<Void> aborted() {
    return lifetime().aborted();
  }

  /**
   * Tells whether the request was aborted, by the client, the application or the server.
   *
   * @return true from the abort on; after the end of the request its last value
   */
  public boolean isAborted() {
    return lifetime().isAborted();
  }

  /** Aborts the request (A1). Again, or after its end: nothing. */
  public void abort() {
    lifetime().abort();
  }

  private AuthenticationFeature authentication() {
    return Defaults.get(features, AuthenticationFeature.class, PlainAuthentication::new);
  }

  private ItemsFeature itemsFeature() {
    return Defaults.get(features, ItemsFeature.class, PlainItems::new);
  }

  private HttpRequestIdentifierFeature identifier() {
    return Defaults.get(features, HttpRequestIdentifierFeature.class, PlainIdentifier::new);
  }

  private HttpRequestLifetimeFeature lifetime() {
    return Defaults.lifetime(features);
  }

  private void checkAlive() {
    features.revision();
  }
}
