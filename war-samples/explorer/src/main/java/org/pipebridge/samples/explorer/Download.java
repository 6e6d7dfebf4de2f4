package org.pipebridge.samples.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpResponse;
import org.pipebridge.pipeline.RequestDelegate;

/**
 * Sends a file whole, in one of two ways to compare: as a file, which a server may do without
 * copying, or copied through a stream by this class.
 *
 * <p>It ignores Range, as any server may, and says so.
 */
final class Download implements RequestDelegate {

  private final SampleFile file;
  private final Transfers transfers;

  Download(SampleFile file, Transfers transfers) {
    this.file = file;
    this.transfers = transfers;
  }

  @Override
  public CompletionStage<Void> invoke(HttpContext context) throws IOException {
    SampleFile.Made made = file.get();
    boolean copies = "copy".equals(context.request().query().first("by"));
    Transfer transfer = new Transfer(context, copies ? "copy through a stream" : "sendFile");
    setHeaders(context.response(), made.bytes());
    context.response().headers().set("X-Transfer", transfer.id());
    transfers.add(transfer);
    return send(context, made, copies)
        .whenComplete((done, failure) -> transfer.end(context, failure));
  }

  private static void setHeaders(HttpResponse response, long bytes) {
    Page.setHeaders(response);
    response.setContentType("application/octet-stream");
    response.setContentLength(bytes);
    response.headers().set("Accept-Ranges", "none");
    response
        .headers()
        .set("Content-Disposition", "attachment; filename=\"" + SampleFile.NAME + "\"");
  }

  private static CompletionStage<Void> send(
      HttpContext context, SampleFile.Made made, boolean copies) {
    try {
      if (!copies) {
        return context.response().sendFileAsync(made.path());
      }
      try (InputStream in = Files.newInputStream(made.path())) {
        in.transferTo(context.response().body());
      }
      return CompletableFuture.completedFuture(null);
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
