package org.pipebridge.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.FeatureMap;
import org.pipebridge.server.ServerAddresses;
import org.pipebridge.server.ServerAddressesFeature;

final class HostAddressesTest {

  private final ServerAddresses addresses = new ServerAddresses();
  private final FeatureMap features = new FeatureMap();
  private final LogCapture logs = new LogCapture(WebHost.class);

  HostAddressesTest() {
    features.set(ServerAddressesFeature.class, addresses);
  }

  @AfterEach
  void closeLogs() {
    logs.close();
  }

  @Test
  void s20_configuredUrlsFillTheEmptyCollection() {
    give("--urls", "http://127.0.0.1:0; ;http://[::1]:81");

    assertThat(addresses.addresses()).containsExactly("http://127.0.0.1:0", "http://[::1]:81");
  }

  @Test
  void s20_addressesThatAreThereStay() {
    addresses.addresses().add("http://127.0.0.1:1");

    give("--urls", "http://127.0.0.1:2").tell();

    assertThat(addresses.addresses()).containsExactly("http://127.0.0.1:1");
    assertThat(logs.at(Level.INFO))
        .containsExactly("Listening on http://127.0.0.1:1 (set on the server)");
  }

  @Test
  void s20_withoutConfiguredUrlsNothingIsAdded() {
    HostAddresses host = give();
    assertThat(addresses.addresses()).isEmpty();

    addresses.fix(List.of("http://localhost:5000"));
    host.tell();

    assertThat(logs.at(Level.INFO)).containsExactly("Listening on http://localhost:5000 (default)");
  }

  @Test
  void s20_aServerWithoutTheFeatureIsLeftAlone() {
    var host = new HostAddresses(configuration("--urls=http://a:1"), new FeatureMap());
    host.give();
    host.tell();

    assertThat(logs.records()).isEmpty();
  }

  @Test
  void s20_aCollectionThatCannotBeChangedIsLeftAlone() {
    features.set(ServerAddressesFeature.class, new FixedAddresses());

    give().tell();

    assertThat(logs.at(Level.INFO)).isEmpty();
  }

  @Test
  void s20_theLineOfEachAddressNamesItsSource() {
    HostAddresses host = give("--urls=http://127.0.0.1:0;http://127.0.0.1:81");
    addresses.fix(List.of("http://127.0.0.1:4711", "http://127.0.0.1:81"));
    host.tell();

    assertThat(logs.at(Level.INFO))
        .containsExactly(
            "Listening on http://127.0.0.1:4711 (command line --urls)",
            "Listening on http://127.0.0.1:81 (command line --urls)");
  }

  @Test
  void s21_portsMeanAllInterfaces() {
    give("--httpPorts", "80; 8080", "--httpsPorts", "443").tell();

    assertThat(addresses.addresses())
        .containsExactly("http://*:80", "http://*:8080", "https://*:443");
    assertThat(logs.at(Level.INFO).get(0))
        .contains("command line --httpPorts", "command line --httpsPorts");
  }

  @Test
  void s21_urlsWinOverPortsWithAWarningThatNamesBoth() {
    var configuration =
        Configuration.builder()
            .environment(Map.of("PIPEBRIDGE_URLS", "http://127.0.0.1:1"))
            .commandLine("--httpPorts=2", "--httpsPorts=3")
            .build();
    new HostAddresses(configuration, features).give();

    assertThat(addresses.addresses()).containsExactly("http://127.0.0.1:1");
    assertThat(logs.at(Level.WARNING)).hasSize(2);
    assertThat(logs.at(Level.WARNING).get(0))
        .contains("httpPorts=2", "--httpPorts", "urls=http://127.0.0.1:1", "PIPEBRIDGE_URLS");
    assertThat(logs.at(Level.WARNING).get(1)).contains("httpsPorts=3", "urls=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "80,81", "1.5", "1000000"})
  void l8_aPortThatIsNoneIsRefusedNamingTheKey(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> give("--httpPorts=80;" + port))
        .withMessageContainingAll("httpPorts", port, "--httpPorts");
  }

  @Test
  void s22_theSettingDecidesWhichAddressesWin() {
    give();
    assertThat(addresses.preferHostingUrls()).isFalse();

    give("--preferHostingUrls=true");
    assertThat(addresses.preferHostingUrls()).isTrue();

    give();
    assertThat(addresses.preferHostingUrls()).isTrue();
  }

  @Test
  void s22_anAddressThatWasNotAskedForIsNotSaidToBe() {
    HostAddresses host = give("--urls=http://127.0.0.1:80");
    addresses.fix(List.of("http://127.0.0.1:4711", "https://127.0.0.1:80", "pipe://x"));
    host.tell();

    assertThat(logs.at(Level.INFO))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).endsWith("(configured on the server)"));
  }

  private HostAddresses give(String... arguments) {
    var host = new HostAddresses(configuration(arguments), features);
    host.give();
    return host;
  }

  private static Configuration configuration(String... arguments) {
    return Configuration.builder().commandLine(arguments).build();
  }

  /** What a server shows that has no say in where it listens, and does not know yet. */
  private static final class FixedAddresses implements ServerAddressesFeature {
    @Override
    public Collection<String> addresses() {
      return List.of();
    }

    @Override
    public boolean preferHostingUrls() {
      return false;
    }

    @Override
    public void setPreferHostingUrls(boolean prefer) {
      throw new UnsupportedOperationException();
    }
  }
}
