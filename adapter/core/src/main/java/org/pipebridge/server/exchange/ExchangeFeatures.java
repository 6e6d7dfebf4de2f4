package org.pipebridge.server.exchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.feature.BadRequestFeature;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestIdentifierFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.internal.BlockingParts;

/**
 * The features of a request. It begins with the engine's own, then the transport's, made when asked
 * for.
 */
final class ExchangeFeatures extends FeatureMap {

  private static final List<Class<?>> OWN =
      List.of(
          HttpResponseFeature.class,
          HttpResponseBodyFeature.class,
          HttpRequestBodyFeature.class,
          HttpRequestLifetimeFeature.class,
          HttpRequestIdentifierFeature.class,
          HttpBodyControlFeature.class,
          HttpMaxRequestBodySizeFeature.class,
          HttpRequestBodyDetectionFeature.class,
          BadRequestFeature.class,
          HttpUpgradeFeature.class,
          HttpWebSocketFeature.class);

  private final Exchange exchange;

  ExchangeFeatures(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  protected <T> @Nullable T defaultFeature(Class<T> type) {
    Object own = own(type);
    return own == null ? exchange.transport().feature(type) : type.cast(own);
  }

  @Override
  protected Collection<Class<?>> defaultTypes() {
    Collection<Class<?>> all = new ArrayList<>(OWN);
    all.addAll(exchange.transport().featureTypes());
    return all;
  }

  private @Nullable Object own(Class<?> type) {
    if (type == BlockingParts.class) { // asked for by each blocking part; not listed, nobody's own
      return exchange;
    } else if (type == HttpResponseFeature.class) {
      return exchange.head();
    } else if (type == HttpResponseBodyFeature.class) {
      return exchange.responseBody();
    } else if (type == HttpRequestBodyFeature.class
        || type == HttpRequestBodyDetectionFeature.class) {
      return exchange.requestBody();
    } else if (type == HttpRequestLifetimeFeature.class) {
      return exchange.lifetime();
    } else if (type == HttpRequestIdentifierFeature.class) {
      return exchange.identifier();
    } else if (type == HttpBodyControlFeature.class) {
      return exchange.bodyControl();
    } else if (type == HttpMaxRequestBodySizeFeature.class) {
      return exchange.requestBody().size();
    } else if (type == BadRequestFeature.class) {
      return badRequest();
    } else if (type == HttpUpgradeFeature.class) {
      return exchange.upgradeFeature();
    } else if (type == HttpWebSocketFeature.class) {
      Upgrade upgrade = exchange.upgradeFeature();
      return upgrade == null ? null : upgrade.webSocket();
    }
    return null;
  }

  private @Nullable BadRequestFeature badRequest() {
    BadHttpRequestException rejection = exchange.rejection();
    return rejection == null
        ? null
        : () -> {
          exchange.checkAlive();
          return rejection;
        };
  }
}
