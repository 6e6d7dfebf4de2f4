package org.pipebridge.server;

import java.util.Collection;

/**
 * The addresses a server listens on (F49, S20 to S31).
 *
 * <p>Before the start: what it is to bind, for example {@code http://127.0.0.1:0}. After it: what
 * it really bound (S23). ASP.NET Core: {@code IServerAddressesFeature}.
 *
 * @since 0.1
 */
public interface ServerAddressesFeature {

  /**
   * Returns the addresses, each as {@code scheme://host:port}.
   *
   * @return a collection that can be changed until the start; in a servlet container it never can
   *     (S30)
   */
  Collection<String> addresses();

  /**
   * Tells whether these addresses win over connectors that code configured on the server (S22).
   *
   * @return false unless set
   */
  boolean preferHostingUrls();

  /**
   * Lets these addresses win, or not.
   *
   * @param prefer whether they win
   */
  void setPreferHostingUrls(boolean prefer);
}
