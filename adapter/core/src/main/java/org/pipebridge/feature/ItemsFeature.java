package org.pipebridge.feature;

import java.util.Map;

/**
 * Values that parts of an application share for one request (F30).
 *
 * <p>Not the servlet's attributes. ASP.NET Core: {@code IItemsFeature}.
 *
 * @since 0.1
 */
public interface ItemsFeature {

  /**
   * Returns the values.
   *
   * @return a map that can be changed, without null keys; empty at the beginning of a request
   */
  Map<Object, Object> items();

  /**
   * Replaces the map.
   *
   * @param items the new one
   */
  void setItems(Map<Object, Object> items);
}
