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
   * Tells whether this request asks for an upgrade that can be made: HTTP/1.1, {@code Connection}
   * with {@code upgrade}, and no content announced (U1). See <a
   * href="https://www.rfc-editor.org/rfc/rfc9110#section-7.8">RFC 9110, section 7.8</a>.
   *
   * @return whether {@link #upgrade} may be called
   */
  boolean isUpgradableRequest();

  /**
   * Answers with 101 and hands the connection to a handler, once the application's stage is
   * complete (U2). Returns at once.
   *
   * <p>It starts the response: onStarting callbacks run, and the headers are those that were set,
   * {@code Upgrade} among them, which is what the client asked for first unless it was set. If the
   * application fails afterwards, the client gets an empty 500 and the handler never runs (U5).
   *
   * @param handler what uses the connection; it runs on a thread that may be blocked
   * @throws IllegalStateException if the request is not upgradable, was upgraded, the response has
   *     started (U3), or too many connections are upgraded (U9); nothing is changed then
   */
  void upgrade(UpgradeHandler handler);
}
