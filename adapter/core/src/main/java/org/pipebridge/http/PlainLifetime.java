package org.pipebridge.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestLifetimeFeature;

/** A lifetime that knows of its own abort alone (F24); without a collection it is over. */
final class PlainLifetime implements HttpRequestLifetimeFeature {

  private final CompletableFuture<Void> aborted = new CompletableFuture<>();
  private final boolean over;

  PlainLifetime(@Nullable FeatureCollection features) {
    this.over = features == null;
  }

  @Override
  public CompletionStage<Void> aborted() {
    return aborted.minimalCompletionStage();
  }

  @Override
  public boolean isAborted() {
    return aborted.isDone();
  }

  @Override
  public void abort() {
    if (!over) {
      aborted.complete(null);
    }
  }
}
