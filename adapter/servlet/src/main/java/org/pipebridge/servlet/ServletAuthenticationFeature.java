package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AuthenticationFeature;
import org.pipebridge.server.exchange.Exchange;

/** The user, the container's to begin with (F35). */
final class ServletAuthenticationFeature implements AuthenticationFeature {

  private final Exchange exchange;
  private @Nullable Principal user;

  ServletAuthenticationFeature(HttpServletRequest request, Exchange exchange) {
    this.exchange = exchange;
    this.user = request.getUserPrincipal();
  }

  @Override
  public @Nullable Principal user() {
    exchange.checkAlive();
    return user;
  }

  @Override
  public void setUser(@Nullable Principal user) {
    exchange.checkAlive();
    this.user = user;
  }
}
