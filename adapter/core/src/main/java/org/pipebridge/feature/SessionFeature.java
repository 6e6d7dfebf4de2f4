package org.pipebridge.feature;

/**
 * The session of a client (F36); absent where the server has none.
 *
 * <p>ASP.NET Core: {@code ISessionFeature}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SessionFeature {

  /**
   * Returns the session, which is created at its first write.
   *
   * @return the session
   */
  Session session();
}
