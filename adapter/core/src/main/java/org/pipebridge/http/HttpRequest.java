package org.pipebridge.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.Form;
import org.pipebridge.feature.FormFeature;
import org.pipebridge.feature.HeaderNames;
import org.pipebridge.feature.Headers;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.feature.HttpRequestTrailersFeature;
import org.pipebridge.feature.Query;
import org.pipebridge.feature.QueryFeature;
import org.pipebridge.feature.RequestCookies;
import org.pipebridge.feature.RequestCookiesFeature;

/**
 * What came from the client: a view over the request features of a collection.
 *
 * <p>Its setters change what later readers in the pipeline see, and never reach the container (Q1).
 * They check more than those of {@link HttpRequestFeature} do (C6). ASP.NET Core: {@code
 * HttpRequest}.
 *
 * @since 0.1
 */
public final class HttpRequest {

  /** What {@link #enableBuffering()} keeps in memory, in bytes. */
  public static final int DEFAULT_MEMORY_THRESHOLD = 30 * 1024;

  private final FeatureCollection features;

  HttpRequest(FeatureCollection features) {
    this.features = features;
  }

  /**
   * Returns the protocol, for example "HTTP/1.1" or "HTTP/2".
   *
   * @return the protocol; "" if unknown
   */
  public String protocol() {
    return request().protocol();
  }

  /**
   * Sets the protocol.
   *
   * @param protocol the protocol
   */
  public void setProtocol(String protocol) {
    request().setProtocol(Objects.requireNonNull(protocol, "protocol"));
  }

  /**
   * Returns the scheme of the transport.
   *
   * @return "http" or "https"
   */
  public String scheme() {
    return request().scheme();
  }

  /**
   * Sets the scheme.
   *
   * @param scheme the scheme
   */
  public void setScheme(String scheme) {
    request().setScheme(Objects.requireNonNull(scheme, "scheme"));
  }

  /**
   * Tells whether the scheme is "https", in any case (C4).
   *
   * @return whether it is
   */
  public boolean isHttps() {
    return scheme().equalsIgnoreCase("https");
  }

  /**
   * Sets the scheme to "https" or "http".
   *
   * @param https which of them
   */
  public void setHttps(boolean https) {
    setScheme(https ? "https" : "http");
  }

  /**
   * Returns the method as sent, in its case.
   *
   * @return the method
   */
  public String method() {
    return request().method();
  }

  /**
   * Sets the method.
   *
   * @param method the method
   */
  public void setMethod(String method) {
    request().setMethod(Objects.requireNonNull(method, "method"));
  }

  /**
   * Returns where the application, or the branch of it, is mounted (V19).
   *
   * @return "" or "/x" without a final "/", unescaped
   */
  public String pathBase() {
    return request().pathBase();
  }

  /**
   * Sets the mount point.
   *
   * @param pathBase "" or a text that starts with "/", unescaped
   * @throws IllegalArgumentException if it does not
   */
  public void setPathBase(String pathBase) {
    request().setPathBase(PathString.check(Objects.requireNonNull(pathBase, "pathBase")));
  }

  /**
   * Returns the path below {@link #pathBase()}, unescaped but for "%2F" (V11 to V16).
   *
   * @return "" or a text that starts with "/"
   */
  public String path() {
    return request().path();
  }

  /**
   * Sets the path.
   *
   * @param path "" or a text that starts with "/", unescaped
   * @throws IllegalArgumentException if it does not
   */
  public void setPath(String path) {
    request().setPath(PathString.check(Objects.requireNonNull(path, "path")));
  }

  /**
   * Returns the query as sent, with the leading "?" (V24).
   *
   * @return the query, escaped, or ""
   */
  public String queryString() {
    return request().queryString();
  }

  /**
   * Sets the query; {@link #query()} follows (V28).
   *
   * @param queryString "" or a text that starts with "?", escaped
   * @throws IllegalArgumentException if it does not
   */
  public void setQueryString(String queryString) {
    request().setQueryString(new QueryString(queryString).value());
  }

  /**
   * Returns the request target as sent, never decoded.
   *
   * @return the target; "" if unknown
   */
  public String rawTarget() {
    return request().rawTarget();
  }

  /**
   * Sets the request target.
   *
   * @param rawTarget the target, escaped
   */
  public void setRawTarget(String rawTarget) {
    request().setRawTarget(Objects.requireNonNull(rawTarget, "rawTarget"));
  }

  /**
   * Returns the header fields.
   *
   * @return the headers, which may be changed for this request
   */
  public Headers headers() {
    return request().headers();
  }

  /**
   * Returns the host the client asked for (C5).
   *
   * @return the value of Host; without one, a value that is empty
   */
  public HostString host() {
    String value = headers().first(HeaderNames.HOST);
    return value == null ? HostString.EMPTY : new HostString(value);
  }

  /**
   * Sets the header Host.
   *
   * @param host the host; an empty one removes the header
   */
  public void setHost(HostString host) {
    Values.setOrRemove(headers(), HeaderNames.HOST, host.toUriComponent());
  }

  /**
   * Returns Content-Type.
   *
   * @return its first value, or null if there is none
   */
  public @Nullable String contentType() {
    return headers().first(HeaderNames.CONTENT_TYPE);
  }

  /**
   * Sets Content-Type.
   *
   * @param contentType the value; null and "" remove the header
   */
  public void setContentType(@Nullable String contentType) {
    Values.setOrRemove(headers(), HeaderNames.CONTENT_TYPE, contentType);
  }

  /**
   * Returns Content-Length (V8).
   *
   * @return the length in bytes, or empty if it is not known
   */
  public OptionalLong contentLength() {
    return headers().contentLength();
  }

  /**
   * Returns the parameters of the query, unescaped (V25, V26).
   *
   * @return the query
   */
  public Query query() {
    return queryFeature().query();
  }

  /**
   * Replaces the parameters; {@link #queryString()} follows (V28).
   *
   * @param query the new ones
   */
  public void setQuery(Query query) {
    queryFeature().setQuery(Objects.requireNonNull(query, "query"));
  }

  /**
   * Returns the cookies (V30).
   *
   * @return the cookies
   */
  public RequestCookies cookies() {
    return cookiesFeature().cookies();
  }

  /**
   * Replaces the cookies; the header follows (V31).
   *
   * @param cookies the new ones
   */
  public void setCookies(RequestCookies cookies) {
    cookiesFeature().setCookies(Objects.requireNonNull(cookies, "cookies"));
  }

  /**
   * Tells whether content may come (F29).
   *
   * @return false promises that there is none
   */
  public boolean canHaveBody() {
    return Defaults.get(features, HttpRequestBodyDetectionFeature.class, HeaderBodyDetection::new)
        .canHaveBody();
  }

  /**
   * Returns the content as a blocking stream.
   *
   * @return the same stream at each call, unless a middleware replaces the body (Q23)
   */
  public InputStream body() {
    return bodyFeature().stream();
  }

  /**
   * Reads from the content once.
   *
   * @param into a writable buffer, not to be touched until the stage completes
   * @return the number of bytes read; -1 at the end; 0 only for a buffer without room
   */
  public CompletionStage<Integer> read(ByteBuffer into) {
    Objects.requireNonNull(into, "into");
    return Values.staged(() -> bodyFeature().read(into));
  }

  /**
   * Returns the content as a publisher for one subscriber (B16).
   *
   * @return the publisher
   */
  public Flow.Publisher<ByteBuffer> publisher() {
    return bodyFeature().publisher();
  }

  /**
   * Lets the content be read more than once: 30 KiB of it are kept in memory, more in a temporary
   * file, which is removed at completion (C7). Again: nothing.
   */
  public void enableBuffering() {
    enableBuffering(DEFAULT_MEMORY_THRESHOLD, Long.MAX_VALUE);
  }

  /**
   * Lets the content be read more than once. Again: nothing.
   *
   * @param memoryThreshold how many bytes to keep in memory, before a temporary file
   * @param limit how many bytes to keep at all; reading beyond throws a {@link
   *     org.pipebridge.feature.BadHttpRequestException} with status 413
   * @throws IllegalArgumentException if one of them is negative
   */
  public void enableBuffering(int memoryThreshold, long limit) {
    BufferedBody.enable(features, memoryThreshold, limit);
  }

  /**
   * Tells whether the content can be read more than once.
   *
   * @return whether {@link #rewind()} may be called
   */
  public boolean isBuffered() {
    return BufferedBody.find(features) != null;
  }

  /**
   * Goes back to the first byte of the content.
   *
   * @throws IllegalStateException if it is not buffered
   */
  public void rewind() {
    BufferedBody.require(features).rewind();
  }

  /**
   * Tells whether the content is a form (V40).
   *
   * @return whether {@link #form()} can read one
   */
  public boolean hasFormContentType() {
    return formFeature().hasFormContentType();
  }

  /**
   * Reads the form, blocking; parsed once for all callers (V41).
   *
   * @return the form
   * @throws IOException if it cannot be read, malformed content included (V43)
   * @throws IllegalStateException if the content is no form
   */
  public Form form() throws IOException {
    return formFeature().form();
  }

  /**
   * Sets the form, so that none is read from the content.
   *
   * @param form the form
   */
  public void setForm(Form form) {
    formFeature().setForm(Objects.requireNonNull(form, "form"));
  }

  /**
   * Reads the form; parsed once for all callers.
   *
   * @return a stage with the form
   */
  public CompletionStage<Form> readForm() {
    return Values.staged(() -> formFeature().readForm());
  }

  /**
   * Tells whether this server gives trailers of this request at all (F39).
   *
   * @return whether {@link #trailers()} may become possible
   */
  public boolean supportsTrailers() {
    return features.get(HttpRequestTrailersFeature.class) != null;
  }

  /**
   * Tells whether the trailers have arrived (T1).
   *
   * @return whether {@link #trailers()} may be called
   */
  public boolean trailersAvailable() {
    HttpRequestTrailersFeature feature = features.get(HttpRequestTrailersFeature.class);
    return feature != null && feature.available();
  }

  /**
   * Returns the trailers.
   *
   * @return the trailers, perhaps none
   * @throws IllegalStateException if they are not available
   */
  public Headers trailers() {
    return features.require(HttpRequestTrailersFeature.class).trailers();
  }

  /**
   * Returns the URL for people to read: unescaped, not fit for a header (V23).
   *
   * @return scheme, host, path and query
   */
  public String displayUrl() {
    String path = pathBase() + path();
    return scheme() + "://" + host().value() + (path.isEmpty() ? "/" : path) + queryString();
  }

  /**
   * Returns the URL, escaped, fit for a header (V23).
   *
   * @return scheme, host, path and query
   */
  public String encodedUrl() {
    return scheme() + "://" + host().toUriComponent() + encodedPathAndQuery();
  }

  /**
   * Returns path and query, escaped, fit for a header (V23).
   *
   * @return path base, path and query
   */
  public String encodedPathAndQuery() {
    String path = PathString.escape(pathBase()) + PathString.escape(path());
    return (path.isEmpty() ? "/" : path) + queryString();
  }

  private HttpRequestFeature request() {
    return features.require(HttpRequestFeature.class);
  }

  private HttpRequestBodyFeature bodyFeature() {
    return Defaults.get(features, HttpRequestBodyFeature.class, EmptyBody::new);
  }

  private QueryFeature queryFeature() {
    return Defaults.get(features, QueryFeature.class, ParsedQuery::new);
  }

  private RequestCookiesFeature cookiesFeature() {
    return Defaults.get(features, RequestCookiesFeature.class, HeaderRequestCookies::new);
  }

  private FormFeature formFeature() {
    return Defaults.get(features, FormFeature.class, BodyForm::new);
  }
}
