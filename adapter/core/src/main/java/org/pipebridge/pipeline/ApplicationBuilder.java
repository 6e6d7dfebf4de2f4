package org.pipebridge.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.http.HttpContext;

/**
 * Collects the parts of a pipeline and builds it.
 *
 * <p>What is added first sees the request first and the response last (P1). Blocking parts are
 * added with {@link #use} and {@link #run}, parts that return stages with {@link #useAsync} and
 * {@link #runAsync}. Behind the last part is the end: a 404, unless the builder was given another
 * one (P2). The pipeline catches nothing: what a part throws reaches those before it (P7).
 *
 * <p>Not thread-safe; what it builds is. ASP.NET Core: {@code IApplicationBuilder}.
 *
 * @since 0.1
 */
public final class ApplicationBuilder {

  private final List<UnaryOperator<RequestDelegate>> parts = new ArrayList<>();
  private final Map<String, Object> properties;
  private final FeatureCollection serverFeatures;
  private final RequestDelegate end;

  /** Creates a builder without server features, whose end is a 404. */
  public ApplicationBuilder() {
    this(new FeatureMap());
  }

  /**
   * Creates a builder whose end is a 404.
   *
   * @param serverFeatures the features of the server that will run the pipeline
   */
  public ApplicationBuilder(FeatureCollection serverFeatures) {
    this(serverFeatures, new NotFoundEnd());
  }

  /**
   * Creates a builder with an end of its own, which its branches share.
   *
   * @param serverFeatures the features of the server that will run the pipeline
   * @param end what runs for a request that no part ended (P2, W30)
   */
  public ApplicationBuilder(FeatureCollection serverFeatures, RequestDelegate end) {
    this(
        new HashMap<>(),
        Objects.requireNonNull(serverFeatures, "serverFeatures"),
        new Terminal(Objects.requireNonNull(end, "end")));
  }

  private ApplicationBuilder(
      Map<String, Object> properties, FeatureCollection serverFeatures, RequestDelegate end) {
    this.properties = properties;
    this.serverFeatures = serverFeatures;
    this.end = end;
  }

  /**
   * Adds a blocking middleware.
   *
   * @param middleware the middleware; this one instance serves all requests
   * @return this builder
   */
  public ApplicationBuilder use(Middleware middleware) {
    Objects.requireNonNull(middleware, "middleware");
    return add(next -> new BlockingPart(middleware, next));
  }

  /**
   * Adds an asynchronous middleware.
   *
   * @param middleware the middleware; this one instance serves all requests
   * @return this builder
   */
  public ApplicationBuilder useAsync(AsyncMiddleware middleware) {
    Objects.requireNonNull(middleware, "middleware");
    return add(next -> new AsyncPart(middleware, next));
  }

  /**
   * Adds a blocking handler that ends the pipeline: what is added later is not reached (P3).
   *
   * @param handler the handler
   * @return this builder
   */
  public ApplicationBuilder run(Handler handler) {
    Objects.requireNonNull(handler, "handler");
    return add(next -> new BlockingTerminal(handler));
  }

  /**
   * Adds an asynchronous handler that ends the pipeline: what is added later is not reached (P3).
   *
   * @param handler the handler
   * @return this builder
   */
  public ApplicationBuilder runAsync(RequestDelegate handler) {
    Objects.requireNonNull(handler, "handler");
    return add(next -> new Terminal(handler));
  }

  /**
   * Adds a branch for the requests below a path (P10).
   *
   * <p>The prefix is compared ignoring case and ends at a segment boundary (V22). In the branch it
   * is part of the path base, in the casing of the request; both are restored when the branch ends.
   *
   * @param prefix the prefix, unescaped: "", which every path has, or "/x" without a final "/"
   * @param branch adds the parts of the branch; called at once, with a {@link #newBuilder()}
   * @return this builder
   * @throws IllegalArgumentException if the prefix does not start, or ends, with "/"
   */
  public ApplicationBuilder map(String prefix, Consumer<? super ApplicationBuilder> branch) {
    MapPart.checkPrefix(Objects.requireNonNull(prefix, "prefix"));
    ApplicationBuilder child = branch(branch);
    return add(next -> new MapPart(prefix, child.build(), next));
  }

  /**
   * Adds a branch for the requests that satisfy a condition; they do not come back (P11).
   *
   * @param condition the condition; if it throws, the request fails
   * @param branch adds the parts of the branch; called at once, with a {@link #newBuilder()}
   * @return this builder
   */
  public ApplicationBuilder mapWhen(
      Predicate<? super HttpContext> condition, Consumer<? super ApplicationBuilder> branch) {
    Objects.requireNonNull(condition, "condition");
    ApplicationBuilder child = branch(branch);
    return add(next -> new BranchPart(condition, child.build(), next));
  }

  /**
   * Adds parts for the requests that satisfy a condition; they come back to this pipeline after
   * these parts, unless one of them ends the request (P11).
   *
   * @param condition the condition; if it throws, the request fails
   * @param branch adds the parts of the branch; called at once, with a {@link #newBuilder()}
   * @return this builder
   */
  public ApplicationBuilder useWhen(
      Predicate<? super HttpContext> condition, Consumer<? super ApplicationBuilder> branch) {
    Objects.requireNonNull(condition, "condition");
    ApplicationBuilder child = branch(branch);
    return add(next -> new BranchPart(condition, child.fold(next), next));
  }

  /**
   * Returns what the parts of the application share while it is built.
   *
   * @return the properties, which can be changed
   */
  public Map<String, Object> properties() {
    return properties;
  }

  /**
   * Returns the features of the server that will run the pipeline.
   *
   * @return the features; empty if there is no server
   */
  public FeatureCollection serverFeatures() {
    return serverFeatures;
  }

  /**
   * Creates a builder for a branch: without parts, with the same server features and end, and with
   * its own copy of the properties (P13).
   *
   * @return a new builder
   */
  public ApplicationBuilder newBuilder() {
    return new ApplicationBuilder(new HashMap<>(properties), serverFeatures, end);
  }

  /**
   * Builds the pipeline of the parts added so far. It may be called again, and each pipeline stands
   * for itself (P1).
   *
   * @return the pipeline, which serves any number of requests at once
   */
  public RequestDelegate build() {
    return fold(end);
  }

  private RequestDelegate fold(RequestDelegate last) {
    RequestDelegate pipeline = last;
    for (int i = parts.size() - 1; i >= 0; i--) {
      pipeline = parts.get(i).apply(pipeline);
    }
    return pipeline;
  }

  private ApplicationBuilder branch(Consumer<? super ApplicationBuilder> configure) {
    Objects.requireNonNull(configure, "branch");
    ApplicationBuilder child = newBuilder();
    configure.accept(child);
    return child;
  }

  private ApplicationBuilder add(UnaryOperator<RequestDelegate> part) {
    parts.add(part);
    return this;
  }
}
