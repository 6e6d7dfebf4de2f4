package org.pipebridge.hosting;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.hosting.Configuration.Setting;
import org.pipebridge.server.ServerAddress;
import org.pipebridge.server.ServerAddressesFeature;

/** Gives a server the addresses that were configured, and tells of the real ones (S20, S21). */
final class HostAddresses {

  private static final System.Logger LOG = System.getLogger(WebHost.class.getName());

  private final Configuration configuration;
  private final @Nullable ServerAddressesFeature feature;
  private List<String> asked = List.of();
  private String source = "default";

  HostAddresses(Configuration configuration, FeatureCollection serverFeatures) {
    this.configuration = configuration;
    this.feature = serverFeatures.get(ServerAddressesFeature.class);
  }

  /** Fills the collection of the server, if there is one and it is empty. */
  void give() {
    if (feature == null) {
      return;
    }
    Setting prefer = configuration.setting(WebHostDefaults.PREFER_HOSTING_URLS);
    if (prefer != null) {
      feature.setPreferHostingUrls(
          configuration.flag(WebHostDefaults.PREFER_HOSTING_URLS, feature.preferHostingUrls()));
    }
    Collection<String> addresses = feature.addresses();
    if (addresses.isEmpty()) {
      asked = configured();
      if (!asked.isEmpty()) { // a collection that nobody may change refuses even nothing
        addresses.addAll(asked);
      }
    } else {
      asked = List.copyOf(addresses);
      source = "set on the server";
    }
  }

  /** Logs where the server listens. */
  void tell() {
    if (feature != null) {
      for (String address : feature.addresses()) {
        LOG.log(Level.INFO, "Listening on " + address + " (" + sourceOf(address) + ")");
      }
    }
  }

  private List<String> configured() {
    Setting urls = configuration.setting(WebHostDefaults.URLS);
    List<String> ofPorts = new ArrayList<>();
    addPorts(ofPorts, WebHostDefaults.HTTP_PORTS, "http", urls);
    addPorts(ofPorts, WebHostDefaults.HTTPS_PORTS, "https", urls);
    if (urls == null) {
      return ofPorts;
    }
    source = urls.source();
    return configuration.list(WebHostDefaults.URLS);
  }

  private void addPorts(List<String> addresses, String key, String scheme, @Nullable Setting urls) {
    Setting ports = configuration.setting(key);
    if (ports == null) {
      return;
    }
    if (urls != null) {
      LOG.log(
          Level.WARNING,
          "Setting " + ports.described() + " is ignored: " + urls.described() + " wins over it");
      return;
    }
    for (String port : configuration.list(key)) {
      if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
        throw ports.refused("port numbers up to 65535, separated by \";\"");
      }
      addresses.add(scheme + "://*:" + port);
    }
    source = source.equals("default") ? ports.source() : source + ", " + ports.source();
  }

  /** What a connector that code configured listens on was asked for by nobody else (S22). */
  private String sourceOf(String real) {
    return asked.isEmpty() || asked.stream().anyMatch(a -> isFor(a, real))
        ? source
        : "configured on the server";
  }

  private static boolean isFor(String asked, String real) {
    try {
      ServerAddress a = ServerAddress.parse(asked);
      ServerAddress b = ServerAddress.parse(real);
      return a.scheme().equals(b.scheme()) && (a.port() == b.port() || a.port() == 0);
    } catch (IllegalArgumentException e) {
      return asked.equals(real); // a server with addresses of another kind
    }
  }
}
