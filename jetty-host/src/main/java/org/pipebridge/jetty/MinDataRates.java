package org.pipebridge.jetty;

import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpMinDataRateFeature.Rate;

/**
 * How fast the clients of a {@link JettyServer} must be on HTTP/1.1, unless a request has its own
 * rates (F48, L12).
 *
 * <p>ASP.NET Core: {@code KestrelServerLimits.MinRequestBodyDataRate} and {@code
 * MinResponseDataRate}.
 *
 * @param request the rate for content of requests, below it 408; null: it is not watched
 * @param response the rate for responses, below it the request is aborted; null: it is not watched
 * @since 0.1
 */
public record MinDataRates(@Nullable Rate request, @Nullable Rate response) {

  /** Clients may be as slow as the idle timeout lets them. */
  public static final MinDataRates NONE = new MinDataRates(null, null);
}
