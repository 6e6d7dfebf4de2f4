package org.pipebridge.pipeline;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.PathString;

/**
 * Mounts what follows at a path: a prefix of the path becomes part of the path base (P12).
 *
 * <p>A request without the prefix goes on unchanged. Path and path base are restored when what
 * follows has ended. It is added with {@link ApplicationBuilder#useAsync}. ASP.NET Core: {@code
 * UsePathBaseMiddleware}.
 *
 * @since 0.1
 */
public final class PathBaseMiddleware implements AsyncMiddleware {

  private final String prefix;

  /**
   * Creates a middleware for one prefix.
   *
   * @param prefix the prefix, unescaped, starting with "/"; a final "/" is dropped, and "" or "/"
   *     makes the middleware do nothing
   * @throws IllegalArgumentException if the prefix does not start with "/"
   */
  public PathBaseMiddleware(String prefix) {
    String trimmed = Objects.requireNonNull(prefix, "prefix");
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    this.prefix = MapPart.checkPrefix(trimmed);
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context, RequestDelegate next) throws Exception {
    if (prefix.isEmpty()) {
      return next.invoke(context);
    }
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    PathString.Match match = PathString.matchPrefix(request.path(), prefix);
    return match == null ? next.invoke(context) : PathMove.invoke(context, match, next);
  }
}
