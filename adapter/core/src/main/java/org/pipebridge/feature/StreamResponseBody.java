package org.pipebridge.feature;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A response body whose content takes the way through a stream of a middleware's (R54). */
final class StreamResponseBody implements HttpResponseBodyFeature {

  private final OutputStream stream;
  private final HttpResponseBodyFeature prior;

  StreamResponseBody(OutputStream stream, HttpResponseBodyFeature prior) {
    this.stream = Objects.requireNonNull(stream, "stream");
    this.prior = Objects.requireNonNull(prior, "prior");
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public CompletionStage<Void> start() {
    return prior.start();
  }

  @Override
  public CompletionStage<Void> complete() {
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    return prior.complete();
  }

  @Override
  public void disableBuffering() {
    prior.disableBuffering();
  }
}
