package org.pipebridge.http;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.AuthenticationFeature;
import org.pipebridge.feature.FeatureCollection;

/** Nobody, until somebody is set (F35). */
final class PlainAuthentication implements AuthenticationFeature {

  private @Nullable Principal user;

  PlainAuthentication(FeatureCollection features) {}

  @Override
  public @Nullable Principal user() {
    return user;
  }

  @Override
  public void setUser(@Nullable Principal user) {
    this.user = user;
  }
}
