package org.pipebridge.feature;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features of one request or of one server: an instance for each feature type.
 *
 * <p>Keys match exactly: a feature set under its class is not found under its interface (F2). Keys
 * are per class loader, as classes are. A collection may have defaults behind it, which show where
 * it has no entry of its own. A feature is present exactly when the server can do what it promises
 * (F8). Iteration gives the collection's own entries, then the defaults not masked by one (F5).
 *
 * <p>Not thread-safe; the collection of a request belongs to the one thread that works on it.
 * ASP.NET Core: {@code IFeatureCollection}.
 *
 * @see FeatureMap
 * @since 0.1
 */
public interface FeatureCollection extends Iterable<Map.Entry<Class<?>, Object>> {

  /**
   * Returns the feature of a type.
   *
   * @param <T> the feature type
   * @param type the exact type the feature was set under
   * @return the feature, or null if it is absent (F1)
   * @throws IllegalStateException if the request of this collection is over (F12)
   */
  <T> @Nullable T get(Class<T> type);

  /**
   * Returns the feature of a type that must be there.
   *
   * @param <T> the feature type
   * @param type the exact type the feature was set under
   * @return the feature
   * @throws IllegalStateException if it is absent, naming the type (F1), or if the request is over
   */
  default <T> T require(Class<T> type) {
    T feature = get(type);
    if (feature == null) {
      throw new IllegalStateException(
          "this server or request has no " + type.getName() + ", which is required here");
    }
    return feature;
  }

  /**
   * Sets, replaces or removes the feature of a type.
   *
   * @param <T> the feature type
   * @param type the type to set it under
   * @param feature the feature, or null to remove this collection's own entry, so that the one of
   *     the defaults shows again (F3)
   * @throws IllegalArgumentException if the feature is no instance of the type (F2)
   * @throws IllegalStateException if the collection is read-only (F6) or its request is over
   */
  <T> void set(Class<T> type, @Nullable T feature);

  /**
   * Returns a number that grows with every change of this collection or of its defaults (F4).
   *
   * @return the revision
   */
  int revision();

  /**
   * Tells whether {@link #set} is refused. The collection given to an application never is.
   *
   * @return whether the collection is read-only
   */
  boolean isReadOnly();
}
