package org.pipebridge.jetty;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.ServerAddress;
import org.pipebridge.server.ServerAddresses;

/** A Jetty with its handlers and connectors, from the first address to the last connection. */
final class JettyContainer {

  private static final System.Logger LOG = System.getLogger(JettyServer.class.getName());

  /** How long a response that is complete may take to leave when the server stops. */
  private static final long LAST_BYTES_MILLIS = 1000;

  private final JettyOptions options;
  private final HostedServer hosted;
  private final QueuedThreadPool threads;
  private final Server jetty;
  private final HttpSettings settings;
  private final ConnectionCheck check;
  private @Nullable Tls tls;

  JettyContainer(JettyOptions options, HostedServer hosted) {
    this.options = options;
    this.hosted = hosted;
    this.threads = Threads.create(options);
    this.jetty = new Server(threads);
    this.settings = new HttpSettings(options);
    this.check = new ConnectionCheck(jetty, options);
  }

  /** Starts everything, the ports last, or leaves nothing behind; returns the real addresses. */
  List<String> start(ServerAddresses addresses, Consumer<? super Server> configure)
      throws IOException {
    List<ServerAddress> asked = addresses.addresses().stream().map(this::parse).toList();
    Handlers.install(jetty, options, hosted);
    configure.accept(jetty);
    boolean prefer = addresses.preferHostingUrls() && !asked.isEmpty();
    List<NetworkConnector> configured = takeConnectors(prefer, asked);
    boolean done = false;
    try {
      if (configured.isEmpty() && asked.stream().anyMatch(JettyContainer::isSecure)) {
        tls = new Tls(options.tls(), jetty);
      }
      startQuietly(jetty);
      List<String> real = configured.isEmpty() ? listen(asked) : open(configured);
      for (Connector connector : jetty.getConnectors()) {
        startQuietly(connector);
      }
      check.start();
      if (tls != null) {
        tls.follow();
      }
      done = true;
      return real;
    } finally {
      if (!done) {
        stopQuietly();
      }
    }
  }

  /** Stops everything, as S4 says. */
  void stop(Duration grace) {
    List<CompletableFuture<Void>> connections = new ArrayList<>();
    for (Connector connector : jetty.getConnectors()) {
      connections.add(connector.shutdown()); // its port is closed on return
    }
    hosted.refuseRequests();
    check.closeIdle();
    hosted.stop(grace);
    if (!check.closeIdle()) {
      awaitLastBytes(CompletableFuture.allOf(connections.toArray(CompletableFuture[]::new)));
    }
    stopQuietly();
  }

  private ServerAddress parse(String text) {
    ServerAddress address = ServerAddress.parse(text);
    if (isSecure(address) && options.tls().certificates().isEmpty()) {
      throw new IllegalArgumentException(
          "address '" + text + "' needs a certificate: set certificate, or keyStore");
    }
    return address;
  }

  private static boolean isSecure(ServerAddress address) {
    return address.scheme().equals("https");
  }

  /** Takes the connectors off, to be opened when the handlers are ready, or ignores them (S22). */
  private List<NetworkConnector> takeConnectors(boolean prefer, List<ServerAddress> asked) {
    List<NetworkConnector> configured = new ArrayList<>();
    for (Connector connector : jetty.getConnectors()) {
      jetty.removeConnector(connector);
      if (connector instanceof NetworkConnector network) {
        configured.add(network);
      }
    }
    if (configured.isEmpty()) {
      return configured;
    }
    if (prefer) {
      LOG.log(
          System.Logger.Level.INFO,
          "The addresses {0} are used; the connectors that code configured are not",
          asked);
      return List.of();
    }
    if (!asked.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The addresses {0} are ignored: code configured connectors, which win over them",
          asked);
    }
    return configured;
  }

  private List<String> listen(List<ServerAddress> asked) throws IOException {
    Sockets sockets = Sockets.bind(asked.isEmpty() ? List.of(ServerAddress.DEFAULT) : asked);
    for (Sockets.Listener listener : sockets.listeners()) {
      ServerConnector connector = settings.newConnector(jetty, listener.secure() ? tls : null);
      connector.open(listener.channel());
      jetty.addConnector(connector);
      threads.setMaxThreads(threads.getMaxThreads() + Threads.ofConnector(connector));
    }
    return sockets.addresses();
  }

  private List<String> open(List<NetworkConnector> configured) throws IOException {
    List<String> real = new ArrayList<>();
    for (NetworkConnector connector : configured) {
      settings.applyTo(connector);
      jetty.addConnector(connector);
      connector.open();
      boolean secure = connector.getProtocols().contains("ssl");
      String host = connector.getHost() == null ? "[::]" : connector.getHost();
      real.add(
          new ServerAddress(secure ? "https" : "http", host, connector.getLocalPort()).toString());
    }
    return real;
  }

  private static void startQuietly(LifeCycle component) throws IOException {
    try {
      component.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Jetty did not start: " + e.getMessage(), e);
    }
  }

  private static void awaitLastBytes(CompletableFuture<Void> allClosed) {
    try {
      allClosed.get(LAST_BYTES_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "connections are left that Jetty closes now", e);
    }
  }

  private void stopQuietly() {
    check.stop();
    if (tls != null) {
      tls.stop();
    }
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "Jetty did not stop in order", e);
    } finally {
      jetty.destroy();
    }
  }
}
