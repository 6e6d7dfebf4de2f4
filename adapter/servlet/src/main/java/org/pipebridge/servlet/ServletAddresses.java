package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.pipebridge.server.ServerAddressesFeature;

/**
 * The addresses of a container that we do not own: those configured, shown as they are, else what
 * the first request tells (S30). The context path is no part of an address.
 */
final class ServletAddresses implements ServerAddressesFeature {

  private volatile List<String> addresses;
  private volatile boolean preferHostingUrls;

  ServletAddresses(List<String> configured) {
    this.addresses = List.copyOf(configured);
  }

  @Override
  public Collection<String> addresses() {
    return Collections.unmodifiableList(addresses);
  }

  @Override
  public boolean preferHostingUrls() {
    return preferHostingUrls;
  }

  @Override
  public void setPreferHostingUrls(boolean prefer) {
    preferHostingUrls = prefer; // nothing here opens a port, so nothing depends on it (S31)
  }

  /** Takes the address of a request, unless one is known. */
  void learn(HttpServletRequest request) {
    if (addresses.isEmpty()) {
      String host = request.getLocalAddr();
      boolean v6 = host.indexOf(':') >= 0 && !host.startsWith("[");
      addresses =
          List.of(
              request.getScheme()
                  + "://"
                  + (v6 ? "[" + host + "]" : host)
                  + ":"
                  + request.getLocalPort());
    }
  }
}
