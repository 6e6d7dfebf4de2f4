package org.pipebridge.feature;

/**
 * Turns an HTTP/1.1 connection over to another protocol (F37, U1 to U10); present where the server
 * can.
 *
 * <p>ASP.NET Core: {@code IHttpUpgradeFeature}, with a handler instead of a returned stream.
 *
 * @since 0.1
 */
public interface HttpUpgradeFeature {

  /**
   * Tells whether this request asks for an upgrade that can be made (U1).
   *
   * @return whether {@link #upgrade} may be called
   */
  boolean isUpgradableRequest();

  /**
   * Answers with 101 and hands the connection to a handler, once the application's stage is
   * complete (U2). Returns at once.
   *
   * @param handler what uses the connection
   * @throws IllegalStateException if the request is not upgradable, was upgraded, or the response
   *     has started (U3)
   */
  void upgrade(UpgradeHandler handler);
}
