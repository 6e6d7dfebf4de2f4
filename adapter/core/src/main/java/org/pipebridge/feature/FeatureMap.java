package org.pipebridge.feature;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A feature collection in a small array, with optional defaults behind it.
 *
 * <p>A collection that nothing was set in costs one object. The server that made it calls {@link
 * #end()} when the request is over; from then on, and from any thread, each member throws (F12),
 * but for {@link #isReadOnly()} and the look-up of {@link HttpRequestLifetimeFeature}, through
 * which {@code abort()} and {@code isAborted()} stay harmless (C12).
 *
 * <p>A server derives from it to offer features that are made when they are asked for: it overrides
 * {@link #defaultFeature} and {@link #defaultTypes}. ASP.NET Core: {@code FeatureCollection}.
 *
 * @since 0.1
 */
public class FeatureMap implements FeatureCollection {

  private static final @Nullable Object[] NONE = {};
  private static final int FIRST_CAPACITY = 8;

  private final @Nullable FeatureCollection defaults;

  /**
   * Type and feature in turn; null from the first free place on. Volatile, and never shifted in
   * place, so that {@code abort()} may look its feature up on any thread.
   */
  private volatile @Nullable Object[] entries = NONE;

  private int changes;
  private volatile boolean over;

  /** Creates an empty collection without defaults. */
  public FeatureMap() {
    this.defaults = null;
  }

  /**
   * Creates an empty collection with defaults behind it.
   *
   * @param defaults what shows where this collection has no entry; never changed through it
   */
  public FeatureMap(FeatureCollection defaults) {
    this.defaults = Objects.requireNonNull(defaults, "defaults");
  }

  @Override
  public final <T> @Nullable T get(Class<T> type) {
    Objects.requireNonNull(type, "type");
    if (over && type != HttpRequestLifetimeFeature.class) {
      throw over();
    }
    @Nullable Object[] now = entries;
    int at = indexOf(now, type);
    if (at >= 0) {
      return type.cast(now[at + 1]);
    }
    return defaultFeature(type);
  }

  @Override
  public final <T> void set(Class<T> type, @Nullable T feature) {
    Objects.requireNonNull(type, "type");
    checkAlive();
    @Nullable Object[] now = entries;
    int at = indexOf(now, type);
    if (feature == null) {
      if (at >= 0) {
        entries = without(now, at);
        changes++;
      }
      return;
    }
    if (!type.isInstance(feature)) {
      throw new IllegalArgumentException(
          "a feature set under "
              + type.getName()
              + " must be one, but is a "
              + feature.getClass().getName());
    }
    entries = at < 0 ? with(now, type, feature) : replaced(now, at, feature);
    changes++;
  }

  @Override
  public final int revision() {
    checkAlive();
    return defaults == null ? changes : changes + defaults.revision();
  }

  @Override
  public final boolean isReadOnly() {
    return false;
  }

  @Override
  public final Iterator<Map.Entry<Class<?>, Object>> iterator() {
    checkAlive();
    Map<Class<?>, Object> all = new LinkedHashMap<>();
    @Nullable Object[] now = entries;
    for (int i = 0; i < now.length && now[i] instanceof Class<?> type; i += 2) {
      all.put(type, Objects.requireNonNull(now[i + 1]));
    }
    for (Class<?> type : defaultTypes()) {
      Object feature = all.containsKey(type) ? null : defaultFeature(type);
      if (feature != null) {
        all.put(type, feature);
      }
    }
    return Collections.unmodifiableMap(all).entrySet().iterator();
  }

  /** Ends the collection: its request is over. For the server that created it; idempotent. */
  public final void end() {
    over = true;
  }

  /**
   * Returns what shows for a type that was not set.
   *
   * @param <T> the feature type
   * @param type the feature type
   * @return the same object at each call (F8), or null if there is none
   */
  protected <T> @Nullable T defaultFeature(Class<T> type) {
    return defaults == null ? null : defaults.get(type);
  }

  /**
   * Returns the types for which {@link #defaultFeature} may give one.
   *
   * @return the types, in the order in which an iteration shows them
   */
  protected Collection<Class<?>> defaultTypes() {
    Collection<Class<?>> types = new LinkedHashSet<>();
    if (defaults != null) {
      defaults.forEach(entry -> types.add(entry.getKey()));
    }
    return types;
  }

  private static int indexOf(@Nullable Object[] entries, Class<?> type) {
    for (int i = 0; i < entries.length; i += 2) {
      if (entries[i] == type) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object[] with(@Nullable Object[] now, Class<?> type, Object feature) {
    int free = 0;
    while (free < now.length && now[free] != null) {
      free += 2;
    }
    @Nullable Object[] next =
        free < now.length ? now : Arrays.copyOf(now, Math.max(FIRST_CAPACITY, 2 * free));
    next[free + 1] = feature;
    next[free] = type;
    return next;
  }

  private static @Nullable Object[] replaced(@Nullable Object[] now, int at, Object feature) {
    now[at + 1] = feature;
    return now;
  }

  private static @Nullable Object[] without(@Nullable Object[] now, int at) {
    @Nullable Object[] next = new @Nullable Object[now.length];
    System.arraycopy(now, 0, next, 0, at);
    System.arraycopy(now, at + 2, next, at, now.length - at - 2);
    return next;
  }

  private void checkAlive() {
    if (over) {
      throw over();
    }
  }

  private static IllegalStateException over() {
    return new IllegalStateException(
        "the request is over: its context, features, streams and headers must not be used any more");
  }
}
