package org.pipebridge.http;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.ItemsFeature;

/** A map without null keys, made on first use (F30). */
final class PlainItems implements ItemsFeature {

  private Map<Object, Object> items = new ConcurrentHashMap<>();

  PlainItems(FeatureCollection features) {}

  @Override
  public Map<Object, Object> items() {
    return items;
  }

  @Override
  public void setItems(Map<Object, Object> items) {
    this.items = Objects.requireNonNull(items, "items");
  }
}
