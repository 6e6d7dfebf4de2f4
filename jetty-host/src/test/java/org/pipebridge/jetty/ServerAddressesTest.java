package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.hosting.WebHost;
import org.pipebridge.server.ServerAddressesFeature;

/** Where a JettyServer listens. */
final class ServerAddressesTest {

  @Test
  void s23_theRealPortIsTold() throws Exception {
    try (WebHost host = start("http://127.0.0.1:0", "http://127.0.0.1:0")) {
      assertThat(host.addresses())
          .hasSize(2)
          .doesNotHaveDuplicates()
          .noneMatch(a -> a.endsWith(":0"));
      host.addresses().forEach(ServerAddressesTest::answers);
    }
  }

  @Test
  void s25_anAsteriskIsEveryInterfaceOfBothFamilies() throws Exception {
    try (WebHost host = start("http://*:0")) {
      String address = host.addresses().iterator().next();
      assertThat(address).startsWith("http://[::]:");
      answers(address.replace("[::]", "127.0.0.1"));
      if (hasIpv6()) {
        answers(address.replace("[::]", "[::1]"));
      }
    }
  }

  @Test
  void s25_localhostIsBothFamilies() throws Exception {
    assumeThat(hasIpv6()).isTrue();
    int port = freePort();
    try (WebHost host = start("http://localhost:" + port)) {
      assertThat(host.addresses()).containsExactly("http://localhost:" + port);
      answers("http://127.0.0.1:" + port);
      answers("http://[::1]:" + port);
    }
  }

  @Test
  void s25_localhostWithOneFamilyInUseIsAnError() throws Exception {
    assumeThat(hasIpv6()).isTrue();
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("::1", freePort()));
      String address = "http://localhost:" + taken.getLocalPort();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> start(address))
          .withMessageContaining(address);
      canBeBound(taken.getLocalPort(), "127.0.0.1");
    }
  }

  @Test
  void s26_s2_ofTwoAddressesNoneIsBoundIfOneIsInUse() throws Exception {
    int free = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String inUse = "http://127.0.0.1:" + taken.getLocalPort();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> start("http://127.0.0.1:" + free, inUse))
          .withMessage("cannot listen on " + inUse + ": already in use")
          .withCauseInstanceOf(BindException.class);
    }
    start("http://127.0.0.1:" + free).close();
    start("http://127.0.0.1:" + free).close(); // at once after the other has ended
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1:0",
        "127.0.0.1:0",
        "http://127.0.0.1:70000",
        "http://127.0.0.1:0/path",
        "https://127.0.0.1:0",
        "http://localhost:0",
        "http://:0"
      })
  void s24_aMalformedAddressIsRefused(String address) {
    int free = freePort();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("http://127.0.0.1:" + free, address))
        .withMessageContaining(address);
    canBeBound(free, "127.0.0.1");
  }

  @Test
  void s22_connectorsConfiguredInCodeWinAndAWarningNamesWhatIsIgnored() throws Exception {
    JettyServer server = new JettyServer(JettyOptions.DEFAULT, ServerAddressesTest::addConnector);
    try (Log log = new Log();
        WebHost host = start(server, "http://127.0.0.2:0")) {
      assertThat(host.addresses()).singleElement().asString().startsWith("http://127.0.0.1:");
      host.addresses().forEach(ServerAddressesTest::answers);
      assertThat(log.messages)
          .anyMatch(m -> m.startsWith("WARNING") && m.contains("http://127.0.0.2:0"));
    }
  }

  @Test
  void s22_theAddressesWinIfTheyArePreferred() throws Exception {
    JettyServer server = new JettyServer(JettyOptions.DEFAULT, ServerAddressesTest::addConnector);
    server.features().require(ServerAddressesFeature.class).setPreferHostingUrls(true);
    try (Log log = new Log();
        WebHost host = start(server, "http://127.0.0.2:0")) {
      assertThat(host.addresses()).singleElement().asString().startsWith("http://127.0.0.2:");
      assertThat(log.messages).noneMatch(m -> m.startsWith("WARNING"));
      assertThat(log.messages).anyMatch(m -> m.startsWith("INFO") && m.contains("127.0.0.2"));
    }
  }

  @Test
  void s22_aConnectorConfiguredInCodeKeepsTheRulesToo() throws Exception {
    JettyServer server = new JettyServer(JettyOptions.DEFAULT, ServerAddressesTest::addConnector);
    try (WebHost host = start(server)) {
      String address = host.addresses().iterator().next();
      assertThat(
              RawClient.exchange(
                  address, "GET /%zz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"))
          .contains("200 OK", "/%zz")
          .doesNotContain("Server:");
    }
  }

  private static void addConnector(Server jetty) {
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
  }

  private static WebHost start(String... urls) throws Exception {
    return start(new JettyServer(), urls);
  }

  private static WebHost start(JettyServer server, String... urls) throws Exception {
    WebHost host =
        TestHost.builder(server, c -> c.response().write("it is " + c.request().path()), urls);
    host.start();
    return host;
  }

  private static void answers(String address) {
    try (RawClient client = new RawClient(address)) {
      assertThat(client.get("/here").answer()).endsWith("it is /here");
    }
  }

  private static void canBeBound(int port, String host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new AssertionError("something is left open", e);
    }
  }

  /**
   * A free port that hardly anybody takes before the test does: it is below those that systems give
   * to who asks for none, and others that choose at random, as this does, seldom choose the same.
   */
  private static int freePort() {
    for (int i = 0; i < 1000; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket any = new ServerSocket(port)) {
        return any.getLocalPort();
      } catch (IOException inUse) {
        // another one then
      }
    }
    throw new AssertionError("no port is free");
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
  }

  /** What the server logs, kept from the console. */
  private static final class Log implements AutoCloseable {

    private final Logger logger = Logger.getLogger(JettyServer.class.getName());
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            messages.add(
                entry.getLevel()
                    + " "
                    + MessageFormat.format(entry.getMessage(), entry.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    Log() {
      logger.setLevel(Level.ALL);
      logger.setUseParentHandlers(false);
      logger.addHandler(handler);
    }

    @Override
    public void close() {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
      logger.setLevel(null);
    }
  }
}
