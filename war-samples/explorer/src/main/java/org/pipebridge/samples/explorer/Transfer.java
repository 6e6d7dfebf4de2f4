package org.pipebridge.samples.explorer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.http.HttpContext;

/** A download under way. */
final class Transfer {

  private final HttpContext context;
  private final String id;
  private final String way;
  private final Row thread = Facts.thread();
  private final Row features;
  private final long began = System.nanoTime();

  Transfer(HttpContext context, String way) {
    this.context = context;
    this.id = context.traceIdentifier();
    this.way = way;
    this.features = Facts.features(context, HttpResponseBodyFeature.class);
  }

  String id() {
    return id;
  }

  /** Tells, at its end and while the request is not over, what was done. */
  List<Row> end(@Nullable Throwable failure) {
    return List.of(
        new Row("sent by", way),
        new Row("result", failure == null ? "all bytes accepted" : "broken off"),
        Facts.timeSince(began),
        thread,
        Facts.async(context),
        features);
  }
}
