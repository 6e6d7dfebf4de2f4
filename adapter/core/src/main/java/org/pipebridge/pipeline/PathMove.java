package org.pipebridge.pipeline;

import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.PathString;
import org.pipebridge.internal.Stages;

/** Moves the front of the path to the path base while something runs, and puts both back. */
final class PathMove {

  private PathMove() {}

  /**
   * Runs a delegate below a prefix.
   *
   * @param context the request
   * @param match the path, cut at the end of the prefix
   * @param next what runs while the prefix is part of the path base
   * @return a stage that completes when that has ended, failed or not, and both are restored
   * @throws Exception what it threw at once, after both were restored
   */
  static CompletionStage<Void> invoke(
      HttpContext context, PathString.Match match, RequestDelegate next) throws Exception {
    if (match.matched().isEmpty()) {
      return next.invoke(context);
    }
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    String pathBase = request.pathBase();
    String path = request.path();
    set(context, pathBase + match.matched(), match.remaining());
    CompletionStage<Void> stage;
    try {
      stage = next.invoke(context);
    } catch (Throwable e) {
      set(context, pathBase, path);
      throw e;
    }
    if (Stages.isCompleted(stage)) {
      set(context, pathBase, path);
      return stage;
    }
    return stage.whenComplete((done, failure) -> set(context, pathBase, path));
  }

  private static void set(HttpContext context, String pathBase, String path) {
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    request.setPathBase(pathBase);
    request.setPath(path);
  }
}
