package org.pipebridge.jetty;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Sets Jetty up so that the rules of the contract decide, and not its own. */
final class HttpSettings {

  private static final int RESPONSE_HEADER_BYTES = 8 * 1024;
  private static final int MAX_RESPONSE_HEADER_BYTES = 256 * 1024;

  /** As in ALPN, where case counts. */
  private static final String HTTP_1 = "http/1.1";

  private final JettyOptions options;

  HttpSettings(JettyOptions options) {
    this.options = options;
  }

  ServerConnector newConnector(Server jetty, @Nullable Tls tls) {
    HttpConfiguration configuration = new HttpConfiguration();
    applyTo(configuration);
    ConnectionFactory[] protocols = tls == null ? plain(configuration) : secure(configuration, tls);
    ServerConnector connector = new PortConnector(jetty, protocols);
    connector.setIdleTimeout(options.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(-1); // running requests keep their time (S4)
    return connector;
  }

  private ConnectionFactory[] plain(HttpConfiguration configuration) {
    ConnectionFactory http1 = new WatchedConnectionFactory(configuration, options);
    if (!options.http2()) {
      return new ConnectionFactory[] {http1};
    }
    return new ConnectionFactory[] {
      http1, configured(new Http2ConnectionFactory(new HttpConfiguration(configuration)))
    };
  }

  private ConnectionFactory[] secure(HttpConfiguration configuration, Tls tls) {
    // there is one application for all names, so a Host need not be one of the certificate (Q3)
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    ConnectionFactory http1 = new WatchedConnectionFactory(configuration, options);
    if (!options.http2()) {
      return new ConnectionFactory[] {
        new SslConnectionFactory(tls.factory(), http1.getProtocol()), http1
      };
    }
    ConnectionFactory http2 =
        configured(new HTTP2ServerConnectionFactory(new HttpConfiguration(configuration)));
    AlpnConnectionFactory alpn = new AlpnConnectionFactory(http2.getProtocol(), HTTP_1);
    alpn.setDefaultProtocol(HTTP_1);
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.factory(), alpn.getProtocol()), alpn, http2, http1
    };
  }

  private static ConnectionFactory configured(HTTP2ServerConnectionFactory http2) {
    applyTo(http2);
    // it would look for HTTP/3 at each request
    http2
        .getHttpConfiguration()
        .getCustomizers()
        .removeIf(HTTP2ServerConnectionFactory.AltSvcCustomizer.class::isInstance);
    return http2;
  }

  private static void applyTo(HTTP2ServerConnectionFactory http2) {
    http2.setConnectProtocolEnabled(false);
    http2.getHttpConfiguration().getCustomizers().add(0, new PseudoHeaders());
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
      if (factory instanceof HTTP2ServerConnectionFactory http2) {
        applyTo(http2);
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
