package org.pipebridge.test.kit;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.pipebridge.server.Server;

/**
 * A running server that the kit is held against, and the way to it.
 *
 * <p>For a {@link Server} it is {@link #listening}; for a WAR in a container {@link #remote}; a
 * container in this JVM implements it over {@link SocketServer}.
 */
public interface ServerUnderTest extends AutoCloseable {

  /**
   * Returns a name for reports.
   *
   * @return the name
   */
  String name();

  /**
   * Returns what can be checked here.
   *
   * @return the capabilities
   */
  Set<Capability> capabilities();

  /**
   * Tells how long a client waits for the next byte of this server. What an application writes down
   * has half as long, and a whole scenario three times as long.
   *
   * @return 20 seconds, or what the system property {@code pipebridge.kit.patience} says, unless
   *     overridden
   */
  default Duration patience() {
    return Patience.DEFAULT;
  }

  /**
   * Starts the server with an application.
   *
   * @param startup the application
   * @throws Exception if it does not start
   */
  void start(KitStartup startup) throws Exception;

  /**
   * Connects to the server.
   *
   * @return a connection
   */
  Connection connect();

  /**
   * Makes a request that this server accepts.
   *
   * @param method the method
   * @param path the path below the application's mount point, and perhaps a query
   * @return the request
   */
  Request request(String method, String path);

  /**
   * Makes another server of the kind, for scenarios that start and stop their own.
   *
   * @return a server that was not started
   */
  default Server newServer() {
    throw new UnsupportedOperationException(name() + " makes no further servers");
  }

  /**
   * Connects to a server that {@link #newServer()} made and a scenario has started.
   *
   * @param started the server
   * @return a connection
   */
  default Connection connect(Server started) {
    throw new UnsupportedOperationException(name() + " makes no further servers");
  }

  /** Stops the server. */
  @Override
  void close();

  /**
   * Returns a server that tells its addresses and listens on loopback.
   *
   * @param name a name for reports
   * @param servers makes servers of the kind
   * @return a server under test, with every capability but HOST and NON_BLOCKING
   */
  static ServerUnderTest listening(String name, Supplier<? extends Server> servers) {
    return new ListeningServer(name, servers, false, null);
  }

  /**
   * Returns a server that tells its addresses, listens on loopback and owns its container.
   *
   * @param name a name for reports
   * @param servers makes servers of the kind
   * @return a server under test, with every capability
   */
  static ServerUnderTest hosting(String name, Supplier<? extends Server> servers) {
    return new ListeningServer(name, servers, true, null);
  }

  /**
   * Returns a server that tells its addresses, listens on loopback with TLS and owns its container.
   *
   * @param name a name for reports
   * @param servers makes servers of the kind, which have a certificate
   * @param client what a client trusts that certificate with
   * @return a server under test, with every capability
   */
  static ServerUnderTest hosting(
      String name, Supplier<? extends Server> servers, SSLContext client) {
    return new ListeningServer(name, servers, true, client);
  }

  /**
   * Returns the in-memory server.
   *
   * @return a server under test, with every capability but BYTES and NON_BLOCKING
   */
  static ServerUnderTest inMemory() {
    return new MemoryServer();
  }

  /**
   * Returns a server in another process where {@link KitStartup} runs already.
   *
   * @param name a name for reports
   * @param base where the application is mounted
   * @return a server under test; what can only be seen in its process is not checked
   */
  static ServerUnderTest remote(String name, URI base) {
    return new RemoteServer(name, base);
  }
}
