package org.pipebridge.jetty;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Sets Jetty up so that the rules of the contract decide, and not its own. */
final class HttpSettings {

  private static final int ACCEPTORS = 1;
  private static final int RESPONSE_HEADER_BYTES = 8 * 1024;
  private static final int MAX_RESPONSE_HEADER_BYTES = 256 * 1024;

  private final JettyOptions options;

  HttpSettings(JettyOptions options) {
    this.options = options;
  }

  ServerConnector newConnector(Server jetty) {
    HttpConfiguration configuration = new HttpConfiguration();
    applyTo(configuration);
    ServerConnector connector =
        new ServerConnector(
            jetty,
            null,
            null,
            null,
            ACCEPTORS,
            -1,
            new WatchedConnectionFactory(configuration, options));
    connector.setIdleTimeout(options.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(-1); // running requests keep their time (S4)
    return connector;
  }

  /** Sets up a connector that code configured. */
  void applyTo(Connector connector) {
    if (!(connector instanceof AbstractConnector configured)) {
      return;
    }
    configured.setShutdownIdleTimeout(-1);
    for (ConnectionFactory factory : List.copyOf(configured.getConnectionFactories())) {
      if (factory instanceof HttpConfiguration.ConnectionFactory http) {
        applyTo(http.getHttpConfiguration());
      }
      if (factory.getClass() == HttpConnectionFactory.class) {
        HttpConfiguration configuration = ((HttpConnectionFactory) factory).getHttpConfiguration();
        configured.addConnectionFactory(new WatchedConnectionFactory(configuration, options));
      }
    }
  }

  private void applyTo(HttpConfiguration configuration) {
    configuration.setSendServerVersion(options.serverHeader());
    configuration.setSendXPoweredBy(false);
    configuration.setSendDateHeader(true);
    configuration.setHttpCompliance(HttpCompliance.RFC9110);
    configuration.setUriCompliance(uris());
    configuration.setRequestHeaderSize(options.maxRequestLineBytes() + options.maxHeaderBytes());
    configuration.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
    configuration.setMaxResponseHeaderSize(MAX_RESPONSE_HEADER_BYTES);
    // the cache takes "Cookie: A" for the "Cookie: a" of an earlier request on the connection
    configuration.setHeaderCacheSize(0);
  }

  /**
   * What a path means is decided by PathString alone (V11 to V16). A fragment and a user have no
   * place in a request target.
   */
  private static UriCompliance uris() {
    Set<UriCompliance.Violation> allowed = EnumSet.allOf(UriCompliance.Violation.class);
    allowed.remove(UriCompliance.Violation.FRAGMENT);
    allowed.remove(UriCompliance.Violation.USER_INFO);
    return UriCompliance.from(allowed);
  }
}
