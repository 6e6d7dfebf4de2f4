package org.pipebridge.server.exchange;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpBodyControlFeature;
import org.pipebridge.feature.HttpMaxRequestBodySizeFeature;
import org.pipebridge.feature.HttpRequestBodyDetectionFeature;
import org.pipebridge.feature.HttpRequestBodyFeature;
import org.pipebridge.feature.HttpRequestIdentifierFeature;
import org.pipebridge.feature.HttpRequestLifetimeFeature;
import org.pipebridge.feature.HttpResponseBodyFeature;
import org.pipebridge.feature.HttpResponseFeature;

/**
 * The features a request begins with: the engine's own, then the transport's, made when asked for.
 */
final class ExchangeFeatures implements FeatureCollection {

  private static final List<Class<?>> OWN =
      List.of(
          HttpResponseFeature.class,
          HttpResponseBodyFeature.class,
          HttpRequestBodyFeature.class,
          HttpRequestLifetimeFeature.class,
          HttpRequestIdentifierFeature.class,
          HttpBodyControlFeature.class,
          HttpMaxRequestBodySizeFeature.class,
          HttpRequestBodyDetectionFeature.class);

  private final Exchange exchange;
  private @Nullable HttpRequestBodyDetectionFeature detection;

  ExchangeFeatures(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public <T> @Nullable T get(Class<T> type) {
    Object own = own(type);
    return own == null ? exchange.transport().feature(type) : type.cast(own);
  }

  private @Nullable Object own(Class<?> type) {
    if (type == HttpResponseFeature.class) {
      return exchange.head();
    } else if (type == HttpResponseBodyFeature.class) {
      return exchange.responseBody();
    } else if (type == HttpRequestBodyFeature.class) {
      return exchange.requestBody();
    } else if (type == HttpRequestLifetimeFeature.class) {
      return exchange.lifetime();
    } else if (type == HttpRequestIdentifierFeature.class) {
      return exchange.identifier();
    } else if (type == HttpBodyControlFeature.class) {
      return exchange.bodyControl();
    } else if (type == HttpMaxRequestBodySizeFeature.class) {
      return exchange.bodySize();
    } else if (type == HttpRequestBodyDetectionFeature.class) {
      return detection();
    }
    return null;
  }

  private HttpRequestBodyDetectionFeature detection() {
    if (detection == null) {
      detection =
          () -> {
            exchange.checkAlive();
            return exchange.transport().canHaveBody();
          };
    }
    return detection;
  }

  @Override
  public <T> void set(Class<T> type, @Nullable T feature) {
    throw new IllegalStateException("the features a server offers are read-only");
  }

  @Override
  public int revision() {
    return 0;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public Iterator<Map.Entry<Class<?>, Object>> iterator() {
    Map<Class<?>, Object> all = new LinkedHashMap<>();
    OWN.forEach(type -> put(all, type));
    exchange.transport().featureTypes().forEach(type -> put(all, type));
    return all.entrySet().iterator();
  }

  private void put(Map<Class<?>, Object> all, Class<?> type) {
    Object feature = get(type);
    if (feature != null) {
      all.put(type, feature);
    }
  }
}
