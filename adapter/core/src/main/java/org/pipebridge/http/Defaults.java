package org.pipebridge.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.HttpRequestLifetimeFeature;

/** Looks features up; one that is absent is made, and stored so that all readers share it (F10). */
final class Defaults {

  private static final HttpRequestLifetimeFeature ENDED = new PlainLifetime(null);

  private Defaults() {}

  static <T> T get(FeatureCollection features, Class<T> type, Function<FeatureCollection, T> make) {
    T feature = features.get(type);
    if (feature == null) {
      feature = make.apply(features);
      features.set(type, feature);
    }
    return feature;
  }

  /** The lifetime is asked for after the end, too, where nothing can be stored any more (C12). */
  static HttpRequestLifetimeFeature lifetime(FeatureCollection features) {
    @Nullable HttpRequestLifetimeFeature feature = features.get(HttpRequestLifetimeFeature.class);
    if (feature != null) {
      return feature;
    }
    try {
      return get(features, HttpRequestLifetimeFeature.class, PlainLifetime::new);
    } catch (IllegalStateException over) {
      return ENDED;
    }
  }
}
