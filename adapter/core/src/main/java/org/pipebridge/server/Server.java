package org.pipebridge.server;

import java.io.IOException;
import java.time.Duration;
import org.pipebridge.feature.FeatureCollection;

/**
 * Takes requests from clients and runs an application on them.
 *
 * <p>Its states are NEW, STARTED and STOPPED, one way (S1). Anybody can write one: for each request
 * it makes a feature collection, at least with {@link org.pipebridge.feature.HttpRequestFeature},
 * {@link org.pipebridge.feature.HttpResponseFeature} and {@link
 * org.pipebridge.feature.HttpResponseBodyFeature} (F11), calls the application in the order of S3,
 * and sends the response as R6 says. ASP.NET Core: {@code IServer}.
 *
 * @since 0.1
 */
public interface Server extends AutoCloseable {

  /**
   * Returns the features of the server, {@link ServerAddressesFeature} among them (S7).
   *
   * @return the features, there before the start
   */
  FeatureCollection features();

  /**
   * Starts the server; returns when it answers requests (S2).
   *
   * @param <C> the application's type for one request
   * @param application what to run on each request
   * @throws IOException if an address cannot be bound; then nothing is left open (S26)
   * @throws IllegalArgumentException if an address is malformed (S24)
   * @throws IllegalStateException if the server was started or stopped before (S1)
   */
  <C> void start(HttpApplication<C> application) throws IOException;

  /**
   * Stops the server: no new requests, those that run may end within a time, then they are aborted
   * (S4). On a server that was never started, or again: nothing is left to do.
   *
   * @param grace how long running requests may take; not negative
   */
  void stop(Duration grace);

  /** Stops the server and aborts what runs: {@code stop(Duration.ZERO)} (S5). */
  @Override
  default void close() {
    stop(Duration.ZERO);
  }
}
