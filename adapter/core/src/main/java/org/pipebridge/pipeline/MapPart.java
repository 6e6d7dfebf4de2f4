package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.PathString;

/** Sends the requests below a prefix into a branch (P10). */
final class MapPart implements RequestDelegate {

  private final String prefix;
  private final RequestDelegate branch;
  private final RequestDelegate next;

  MapPart(String prefix, RequestDelegate branch, RequestDelegate next) {
    this.prefix = prefix;
    this.branch = branch;
    this.next = next;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws Exception {
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    PathString.Match match = PathString.matchPrefix(request.path(), prefix);
    return match == null ? next.invoke(context) : PathMove.invoke(context, match, branch);
  }

  /** Returns the prefix if it is "" or starts, and does not end, with "/". */
  static String checkPrefix(String prefix) {
    if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
      throw new IllegalArgumentException(
          "prefix must be empty, or start and not end with \"/\", but is \"" + prefix + '"');
    }
    return prefix;
  }
}
