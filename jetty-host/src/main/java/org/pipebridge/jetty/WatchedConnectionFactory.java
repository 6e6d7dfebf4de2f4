package org.pipebridge.jetty;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes HTTP/1 connections whose end points are watched. */
final class WatchedConnectionFactory extends HttpConnectionFactory {

  private final JettyOptions options;

  WatchedConnectionFactory(HttpConfiguration configuration, JettyOptions options) {
    super(configuration);
    this.options = options;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return super.newConnection(
        connector, new WatchedEndPoint(endPoint, connector.getExecutor(), options));
  }
}
