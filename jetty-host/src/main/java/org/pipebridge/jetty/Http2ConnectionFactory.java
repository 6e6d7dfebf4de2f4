package org.pipebridge.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP/2 connections without TLS for clients that begin with its preface. The upgrade from
 * HTTP/1.1 is not offered (RFC 9113, section 3.1).
 */
final class Http2ConnectionFactory extends HTTP2CServerConnectionFactory {

  Http2ConnectionFactory(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public @Nullable Connection upgradeConnection(
      Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable head) {
    if (!HttpMethod.PRI.is(request.getMethod())) {
      return null;
    }
    EndPoint unwatched = endPoint instanceof WatchedEndPoint watched ? watched.unwrap() : endPoint;
    return super.upgradeConnection(connector, unwatched, request, head);
  }
}
