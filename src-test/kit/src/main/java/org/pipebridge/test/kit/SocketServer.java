package org.pipebridge.test.kit;

import java.net.InetSocketAddress;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server under test that is reached over a socket. */
public abstract class SocketServer implements ServerUnderTest {

  private final String name;
  private @Nullable InetSocketAddress address;
  private String base = "";
  private @Nullable SSLContext tls;

  /**
   * Names the server.
   *
   * @param name a name for reports
   */
  protected SocketServer(String name) {
    this.name = name;
  }

  /**
   * Tells where the server is; to be called when it has started.
   *
   * @param address the address it listens on
   * @param base the path the application is mounted at, escaped; "" or "/" for the root
   */
  protected final void reach(InetSocketAddress address, String base) {
    reach(address, base, null);
  }

  final void reach(InetSocketAddress address, String base, @Nullable SSLContext tls) {
    this.address = address;
    this.tls = tls;
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final RawConnection connect() {
    Request ping = request("GET", "/").header(KitStartup.SCENARIO, "ping");
    return new RawConnection(new Wire(started(), tls, patience()), ping);
  }

  @Override
  public final Request request(String method, String path) {
    String target = path.startsWith("/") ? base + path : path;
    return Request.of(method, target).header("Host", "localhost:" + started().getPort());
  }

  private InetSocketAddress started() {
    return Objects.requireNonNull(address, "the server has not told where it is");
  }
}
