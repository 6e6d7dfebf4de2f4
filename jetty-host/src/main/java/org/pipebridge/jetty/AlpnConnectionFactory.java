package org.pipebridge.jetty;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.ALPNProcessor;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;

/**
 * Agrees on a protocol in callbacks that may block. Those of Jetty 12.1 say that they do not, and
 * begin the first request over HTTP/2 all the same when it comes with the end of the handshake: the
 * selector's thread then runs the application, and serves nobody else as long as that takes.
 */
final class AlpnConnectionFactory extends ALPNServerConnectionFactory {

  private final List<ALPNProcessor.Server> processors = new ArrayList<>();

  AlpnConnectionFactory(String... protocols) {
    super(protocols);
    ServiceLoader.load(ALPNProcessor.Server.class).stream().forEach(this::add);
  }

  private void add(ServiceLoader.Provider<ALPNProcessor.Server> provider) {
    try {
      ALPNProcessor.Server processor = provider.get();
      processor.init();
      processors.add(processor);
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      // Jetty leaves it out as well, and has failed if none is left
    }
  }

  @Override
  protected AbstractConnection newServerConnection(
      Connector connector,
      EndPoint endPoint,
      SSLEngine engine,
      List<String> protocols,
      String defaultProtocol) {
    for (ALPNProcessor.Server processor : processors) {
      if (processor.appliesTo(engine)) {
        BlockingConnection connection =
            new BlockingConnection(connector, endPoint, engine, protocols, defaultProtocol);
        processor.configure(engine, connection);
        return connection;
      }
    }
    throw new IllegalStateException("nothing can agree on a protocol with " + engine.getClass());
  }

  private static final class BlockingConnection extends ALPNServerConnection {

    private final Callback fillable =
        new Callback() {
          @Override
          public void succeeded() {
            onFillable();
          }

          @Override
          public void failed(Throwable failure) {
            onFillInterestedFailed(failure);
          }

          @Override
          public InvocationType getInvocationType() {
            return InvocationType.BLOCKING;
          }
        };

    BlockingConnection(
        Connector connector,
        EndPoint endPoint,
        SSLEngine engine,
        List<String> protocols,
        String defaultProtocol) {
      super(connector, endPoint, engine, protocols, defaultProtocol);
    }

    @Override
    public void fillInterested() {
      fillInterested(fillable);
    }
  }
}
