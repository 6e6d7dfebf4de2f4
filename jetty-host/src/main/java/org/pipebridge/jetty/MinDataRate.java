package org.pipebridge.jetty;

import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpMinDataRateFeature;

/** The rates of one request, kept by its connection (F48). */
final class MinDataRate implements HttpMinDataRateFeature {

  private final WatchedEndPoint endPoint;
  private final Runnable checkAlive;

  MinDataRate(WatchedEndPoint endPoint, Runnable checkAlive) {
    this.endPoint = endPoint;
    this.checkAlive = checkAlive;
  }

  @Override
  public @Nullable Rate requestRate() {
    checkAlive.run();
    ClientPace pace = endPoint.existingPace();
    return pace == null ? null : pace.reads().rate();
  }

  @Override
  public void setRequestRate(@Nullable Rate rate) {
    checkAlive.run();
    endPoint.pace().reads().setRate(rate, System.nanoTime());
  }

  @Override
  public @Nullable Rate responseRate() {
    checkAlive.run();
    ClientPace pace = endPoint.existingPace();
    return pace == null ? null : pace.writes().rate();
  }

  @Override
  public void setResponseRate(@Nullable Rate rate) {
    checkAlive.run();
    endPoint.pace().writes().setRate(rate, System.nanoTime());
  }
}
