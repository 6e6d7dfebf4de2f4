package org.pipebridge.feature;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the request (F35).
 *
 * <p>ASP.NET Core: {@code IHttpAuthenticationFeature}; there is no anonymous principal here.
 *
 * @since 0.1
 */
public interface AuthenticationFeature {

  /**
   * Returns the user.
   *
   * @return the user, or null if nobody is authenticated
   */
  @Nullable Principal user();

  /**
   * Sets the user as the pipeline sees it.
   *
   * @param user the user, or null for nobody
   */
  void setUser(@Nullable Principal user);
}
