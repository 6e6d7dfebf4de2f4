package org.pipebridge.feature;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values kept for one client between its requests (F36).
 *
 * <p>Nothing is created, and no cookie sent, before the first {@link #set}. ASP.NET Core: {@code
 * ISession}, with objects for values as in servlets.
 *
 * @since 0.1
 */
public interface Session {

  /**
   * Returns the identifier.
   *
   * @return the identifier, or "" as long as there is no session
   */
  String id();

  /**
   * Tells whether the client does not know of the session yet.
   *
   * @return true if there is none, or it began with this request
   */
  boolean isNew();

  /**
   * Returns a value.
   *
   * @param name its name
   * @return the value, or null
   */
  @Nullable Object get(String name);

  /**
   * Stores a value; this creates the session.
   *
   * @param name its name
   * @param value the value
   * @throws IllegalStateException if it must be created, but the response has started
   */
  void set(String name, Object value);

  /**
   * Removes a value; without one, nothing happens.
   *
   * @param name its name
   */
  void remove(String name);

  /**
   * Returns the names of the values.
   *
   * @return the names, unmodifiable
   */
  Set<String> names();

  /** Ends the session and drops its values; without one, nothing happens. */
  void invalidate();
}
