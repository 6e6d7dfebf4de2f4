package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What is made of what containers tell. */
final class ContainerAddressesTest {

  private static final ClassLoader HERE = ContainerAddressesTest.class.getClassLoader();

  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();

  @Test
  void s30_eachConnectorOfTomcatIsAnAddress() throws Exception {
    connector("Catalina", 8080, 8080, InetAddress.getByName("127.0.0.1"), "http", false);
    connector("Catalina", 8443, 8443, InetAddress.getByName("::1"), "https", true);
    connector("Catalina", 8009, 8009, null, "ajp", false);
    assertThat(TomcatAddresses.find(beans, HERE))
        .containsExactly("http://127.0.0.1:8080", "https://[0:0:0:0:0:0:0:1]:8443");
  }

  @Test
  void s30_aPortThatIsFixedIsKnownBeforeItIsOpen() throws Exception {
    connector("Catalina", 8080, -1, null, "http", false);
    assertThat(TomcatAddresses.find(beans, HERE)).containsExactly("http://[::]:8080");
  }

  @Test
  void s30_aPortThatIsChosenIsUnknownUntilItIsOpen() throws Exception {
    connector("Catalina", 8080, 8080, null, "http", false);
    connector("Catalina", 0, -1, null, "https", true);
    assertThat(TomcatAddresses.find(beans, HERE)).isEmpty();
  }

  @Test
  void s30_otherTomcatsOfTheProcessAreNotMeant() throws Exception {
    connector("Catalina", 8080, 8080, null, "http", false);
    assertThat(TomcatAddresses.find(beans, null)).isEmpty();
    connector("Tomcat-1", 8081, 8081, null, "http", false);
    assertThat(TomcatAddresses.find(beans, HERE)).isEmpty();
  }

  @Test
  void s30_theOpenBindingsOfWildFlyAreItsAddresses() throws Exception {
    binding("http", true, "127.0.0.1", 8080);
    binding("https", true, "0.0.0.0", 8443);
    binding("ajp", true, "127.0.0.1", 8009);
    assertThat(WildFlyAddresses.find(beans))
        .containsExactly("http://127.0.0.1:8080", "https://0.0.0.0:8443");
  }

  @Test
  void s30_aBindingThatIsNotOpenIsNone() throws Exception {
    binding("http", false, "127.0.0.1", 8080);
    assertThat(WildFlyAddresses.find(beans)).isEmpty();
  }

  @Test
  void s30_aBindingWhosePortTheSystemChoseDoesNotTellIt() throws Exception {
    binding("http", true, "127.0.0.1", 8080);
    binding("https", true, "127.0.0.1", 0);
    assertThat(WildFlyAddresses.find(beans)).isEmpty();
  }

  @Test
  void s30_jettyLeadsToItsConnectors() {
    Jetty jetty = new Jetty(new JettyConnector(null, 0, 4711), new JettyConnector("::1", 81, -1));
    assertThat(JettyAddresses.find(jetty)).containsExactly("http://[::]:4711", "https://[::1]:81");
    assertThat(JettyAddresses.find(new Jetty(new JettyConnector(null, 0, -1)))).isEmpty();
    assertThat(JettyAddresses.find("another Jetty")).isEmpty();
  }

  @Test
  void s30_aContainerThatCannotBeAskedTellsNothing() {
    for (String info : List.of("jetty/13.0.0", "Apache Tomcat/13.0.0", "Undertow - 2", "other")) {
      ServletContext context = Stubs.stub(ServletContext.class, Map.of("getServerInfo", info));
      assertThat(ContainerAddresses.of(context)).isEmpty();
    }
    assertThat(ContainerAddresses.of(Stubs.context(""))).isEmpty();
  }

  private void connector(
      String domain, int port, int localPort, Object address, String scheme, boolean secure)
      throws Exception {
    Bean bean =
        new Bean(
            Map.of(
                "port",
                port,
                "localPort",
                localPort,
                "scheme",
                scheme,
                "secure",
                secure,
                "protocol",
                scheme.equals("ajp") ? "AJP/1.3" : "HTTP/1.1"),
            address);
    beans.registerMBean(bean, new ObjectName(domain + ":type=Connector,port=" + port));
  }

  private void binding(String name, boolean bound, String host, int port) throws Exception {
    Bean bean = new Bean(Map.of("bound", bound, "boundAddress", host, "boundPort", port), null);
    beans.registerMBean(
        bean,
        new ObjectName("jboss.as:socket-binding-group=standard-sockets,socket-binding=" + name));
  }

  /** A context that leads on as Jetty's does. */
  public static final class Jetty {
    private final JettyConnector[] connectors;

    Jetty(JettyConnector... connectors) {
      this.connectors = connectors;
    }

    public Jetty getContextHandler() {
      return this;
    }

    public Jetty getServer() {
      return this;
    }

    public Object[] getConnectors() {
      return connectors.clone();
    }
  }

  /** A connector as Jetty's; one with a host speaks TLS. */
  public static final class JettyConnector {
    private final String host;
    private final int port;
    private final int localPort;

    JettyConnector(String host, int port, int localPort) {
      this.host = host;
      this.port = port;
      this.localPort = localPort;
    }

    public String getHost() {
      return host;
    }

    public int getPort() {
      return port;
    }

    public int getLocalPort() {
      return localPort;
    }

    public List<String> getProtocols() {
      return host == null ? List.of("http/1.1") : List.of("ssl", "http/1.1");
    }
  }

  /** Attributes as they are; that of the address may be null. */
  private record Bean(Map<String, ?> attributes, Object address) implements DynamicMBean {

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
      if (name.equals("address")) {
        return address;
      } else if (!attributes.containsKey(name)) {
        throw new AttributeNotFoundException(name);
      }
      return attributes.get(name);
    }

    @Override
    public void setAttribute(Attribute attribute) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList setAttributes(AttributeList all) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
      return new MBeanInfo(Bean.class.getName(), "", null, null, null, null);
    }
  }
}
