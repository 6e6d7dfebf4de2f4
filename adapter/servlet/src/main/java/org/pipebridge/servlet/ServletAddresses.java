package org.pipebridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.pipebridge.server.ServerAddressesFeature;

/**
 * The addresses of a container that we do not own: what it tells, else those configured, shown as
 * they are, else what the first request tells (S30). The context path is no part of an address.
 *
 * <p>The container is asked at each look until it tells, since applications may be set up before
 * its ports are open; requests ask it once.
 */
final class ServletAddresses implements ServerAddressesFeature {

  private final List<String> configured;
  private final Supplier<List<String>> container;
  private volatile List<String> known = List.of();
  private volatile boolean learnt;
  private volatile boolean preferHostingUrls;

  ServletAddresses(List<String> configured, Supplier<List<String>> container) {
    this.configured = List.copyOf(configured);
    this.container = container;
  }

  @Override
  public Collection<String> addresses() {
    ask();
    return known.isEmpty() ? configured : known;
  }

  @Override
  public boolean preferHostingUrls() {
    return preferHostingUrls;
  }

  @Override
  public void setPreferHostingUrls(boolean prefer) {
    preferHostingUrls = prefer; // nothing here opens a port, so nothing depends on it (S31)
  }

  private void ask() {
    if (known.isEmpty() && !learnt) {
      known = List.copyOf(container.get());
    }
  }

  /** Takes the address of the first request, unless one is known. */
  void learn(HttpServletRequest request) {
    if (learnt) {
      return;
    }
    ask();
    learnt = true;
    if (known.isEmpty() && configured.isEmpty()) {
      known =
          List.of(
              ContainerAddresses.text(
                  request.getScheme().equals("https"),
                  request.getLocalAddr(),
                  request.getLocalPort()));
    }
  }
}
