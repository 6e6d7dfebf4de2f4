package org.pipebridge.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pipebridge.server.ServerAddress;

/**
 * The sockets that a server listens on, bound but not accepting yet: all of them or none (S2, S25,
 * S26). Of the clients that come at once, 512 wait for their turn, as in Kestrel, if the system
 * lets them; on Linux the connect of the next one is dropped, and tried again a second later.
 */
final class Sockets implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(JettyServer.class.getName());
  private static final int BACKLOG = 512; // the JDK's own is 50
  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** A socket, and whether it is for https. */
  record Listener(ServerSocketChannel channel, boolean secure) {}

  private final List<Listener> listeners = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  private Sockets() {}

  /**
   * Binds addresses.
   *
   * @throws IOException naming the address that cannot be bound; nothing is left open then
   */
  static Sockets bind(List<ServerAddress> addresses) throws IOException {
    Sockets sockets = new Sockets();
    boolean done = false;
    try {
      for (ServerAddress address : addresses) {
        sockets.bind(address);
      }
      done = true;
    } finally {
      if (!done) {
        sockets.close();
      }
    }
    return sockets;
  }

  List<Listener> listeners() {
    return listeners;
  }

  /** What is really listened on, as text (S23). */
  List<String> addresses() {
    return addresses;
  }

  @Override
  public void close() {
    for (Listener listener : listeners) {
      try {
        listener.channel().close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a socket could not be closed", e);
      }
    }
  }

  private void bind(ServerAddress address) throws IOException {
    try {
      if (address.isLocalhost()) {
        bindLoopback(address);
        addresses.add(address.toString());
        return;
      }
      InetAddress literal = address.literal();
      int port =
          open(
              address,
              literal == null
                  ? new InetSocketAddress(address.port())
                  : new InetSocketAddress(literal, address.port()));
      String host = literal == null ? "[::]" : address.host();
      addresses.add(new ServerAddress(address.scheme(), host, port).toString());
    } catch (BindException e) {
      throw new IOException(
          "cannot listen on " + address + ": " + (isInUse(e) ? "already in use" : e.getMessage()),
          e);
    } catch (SocketException | UnsupportedAddressTypeException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** Binds both families; one that this machine does not have is left out (S25). */
  private void bindLoopback(ServerAddress address) throws IOException {
    int bound = 0;
    for (byte[] octets : List.of(LOOPBACK_4, LOOPBACK_6)) {
      InetAddress loopback = InetAddress.getByAddress(octets);
      if (isMissing(loopback)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} is not available on this machine, so {1} does not include it",
            loopback.getHostAddress(),
            address);
      } else {
        open(address, new InetSocketAddress(loopback, address.port()));
        bound++;
      }
    }
    if (bound == 0) {
      throw new IOException("cannot listen on " + address + ": no loopback address is available");
    }
  }

  private int open(ServerAddress address, InetSocketAddress socket) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    // first, so that it is closed if it cannot be bound
    listeners.add(new Listener(channel, address.scheme().equals("https")));
    channel.bind(socket, BACKLOG);
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private static boolean isMissing(InetAddress address) throws SocketException {
    @Nullable NetworkInterface owner = NetworkInterface.getByInetAddress(address);
    return owner == null;
  }

  /**
   * Whether the port is in use, rather than privileged or the address another machine's. Only the
   * message tells, in the system's language, so it is compared with that of a port known to be
   * taken.
   */
  private static boolean isInUse(BindException e) {
    try (ServerSocketChannel taken = ServerSocketChannel.open();
        ServerSocketChannel other = ServerSocketChannel.open()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try {
        other.bind(taken.getLocalAddress());
      } catch (BindException inUse) {
        return Objects.equals(e.getMessage(), inUse.getMessage());
      }
    } catch (IOException unknown) {
      LOG.log(System.Logger.Level.DEBUG, "no port of loopback can be had", unknown);
    }
    return false;
  }
}
