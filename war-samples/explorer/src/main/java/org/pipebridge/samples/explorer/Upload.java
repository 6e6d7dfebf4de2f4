package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.pipeline.Handler;

/** Reads content piece by piece as it comes, tells what that was, and keeps nothing of it. */
final class Upload implements Handler {

  private static final long MOST_BYTES = 1L << 30;
  private static final int BUFFER_SIZE = 64 * 1024;

  @Override
  public void handle(HttpContext context) throws IOException {
    if (!context.request().method().equals("POST")) {
      context.response().headers().set("Allow", "POST");
      Row row = new Row("expected", "POST with any content");
      Facts.send(context, 405, "Nothing was sent", List.of(row));
      return;
    }
    HttpMaxRequestBodySizeFeature limit =
        context.features().get(HttpMaxRequestBodySizeFeature.class);
    if (limit != null && !limit.isReadOnly()) {
      limit.setMaxRequestBodySize(OptionalLong.of(MOST_BYTES)); // it needs no room here
    }
    Facts.send(context, 200, "Your content arrived", read(context));
  }

  private static List<Row> read(HttpContext context) throws IOException {
    long began = System.nanoTime();
    InputStream content = context.request().body();
    Sha256 digest = new Sha256();
    byte[] buffer = new byte[BUFFER_SIZE];
    long bytes = 0;
    long reads = 0;
    int largest = 0;
    for (int count; (count = content.read(buffer)) >= 0; ) {
      digest.add(buffer, count);
      bytes += count;
      reads++;
      largest = Math.max(largest, count);
    }
    Row time = Facts.timeSince(began);
    return List.of(
        new Row("bytes", Long.toString(bytes)),
        new Row("SHA-256", digest.hex()),
        time,
        new Row("reads", reads + ", the largest of " + largest + " bytes"),
        Facts.thread(),
        Facts.async(context),
        Facts.features(context, HttpRequestBodyFeature.class, HttpMaxRequestBodySizeFeature.class));
  }
}
