package org.pipebridge.feature;

/**
 * The switch between blocking and non-blocking body I/O (F27).
 *
 * <p>ASP.NET Core: {@code IHttpBodyControlFeature}; unlike there, blocking I/O is on by default.
 *
 * @since 0.1
 */
public interface HttpBodyControlFeature {

  /**
   * Tells whether blocking operations on the bodies are allowed.
   *
   * @return true unless switched off
   */
  boolean allowSynchronousIo();

  /**
   * Switches blocking operations on or off (B10 to B12).
   *
   * @param allow whether they are allowed; when off they throw {@link IllegalStateException}
   */
  void setAllowSynchronousIo(boolean allow);
}
