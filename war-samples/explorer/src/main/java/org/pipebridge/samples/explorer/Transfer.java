package org.pipebridge.samples.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.http.HttpContext;

/** A download, under way or over. */
final class Transfer {

  private final String id;
  private final String way;
  private final Row thread = Facts.thread();
  private final Row features;
  private final long began = System.nanoTime();
  private volatile @Nullable List<Row> result;

  Transfer(HttpContext context, String way) {
    this.id = context.traceIdentifier();
    this.way = way;
    this.features = Facts.features(context, HttpResponseBodyFeature.class);
  }

  String id() {
    return id;
  }

  /** Notes, at its end and while the request is not over, what was done. */
  void end(HttpContext context, @Nullable Throwable failure) {
    result =
        List.of(
            new Row("sent by", way),
            new Row("result", failure == null ? "all bytes accepted" : "broken off"),
            Facts.timeSince(began),
            thread,
            Facts.async(context),
            features);
  }

  /** Tells what was done, or null while it is under way. */
  @Nullable List<Row> result() {
    return result;
  }
}
