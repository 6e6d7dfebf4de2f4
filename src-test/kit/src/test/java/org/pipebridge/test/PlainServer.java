package org.pipebridge.test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddress;
import org.pipebridge.server.ServerAddresses;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.server.ServerOptions;
import org.pipebridge.server.exchange.Exchanges;

/**
 * A small server over plain sockets, a thread for each connection: something good to hold the kit
 * against, and to break.
 */
public final class PlainServer implements Server {

  private static final int BACKLOG = 512; // the JDK's own lets many clients at a time wait

  private final FeatureMap features = new FeatureMap();
  private final ServerAddresses addresses = new ServerAddresses();
  private final Exchanges exchanges = new Exchanges(ServerOptions.DEFAULT);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();
  private final List<Thread> acceptors = new CopyOnWriteArrayList<>();
  private final Fault fault;

  public PlainServer() {
    this(Fault.NONE);
  }

  public PlainServer(Fault fault) {
    this.fault = fault;
    features.set(ServerAddressesFeature.class, addresses);
  }

  @Override
  public FeatureCollection features() {
    return features;
  }

  @Override
  public <C> void start(HttpApplication<C> application) throws IOException {
    List<ServerAddress> wanted = addresses.addresses().stream().map(ServerAddress::parse).toList();
    List<String> bound = new ArrayList<>();
    try {
      for (ServerAddress address : wanted) {
        ServerSocket socket = new ServerSocket();
        listeners.add(socket);
        socket.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
        bound.add("http://" + address.host() + ":" + socket.getLocalPort());
      }
    } catch (BindException e) {
      closeListeners();
      throw new IOException("cannot listen on " + wanted, e);
    }
    addresses.fix(bound);
    for (ServerSocket socket : listeners) {
      acceptors.add(begin(() -> accept(socket, fault.on(application))));
    }
  }

  private void closeListeners() throws IOException {
    for (ServerSocket listener : listeners) {
      listener.close();
    }
  }

  private <C> void accept(ServerSocket from, HttpApplication<C> application) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        open.add(socket);
        begin(() -> serve(socket, application));
      } catch (IOException e) {
        return;
      }
    }
  }

  private <C> void serve(Socket socket, HttpApplication<C> application) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new PlainConnection(socket, exchanges, fault).serve(application);
    } catch (IOException e) {
      // the client is gone
    } finally {
      open.remove(socket);
    }
  }

  static Thread begin(Runnable task) {
    Thread thread = new Thread(task, "plain-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void stop(Duration grace) {
    exchanges.refuse();
    try {
      closeListeners();
      for (Thread acceptor : acceptors) {
        acceptor.join(); // the port is free when nobody waits for clients any more
      }
      exchanges.stop(grace);
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
