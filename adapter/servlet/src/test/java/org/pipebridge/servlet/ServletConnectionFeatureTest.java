package org.pipebridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import jakarta.servlet.ServletConnection;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pipebridge.feature.HttpConnectionFeature;

/** F26. */
final class ServletConnectionFeatureTest {

  @Test
  void bothEndsAreThoseOfTheRequest() throws Exception {
    look(
        Map.of(
            "getServletConnection",
            Stubs.stub(ServletConnection.class, Map.of("getConnectionId", "c1")),
            "getRemoteAddr",
            "192.0.2.1",
            "getRemotePort",
            1234,
            "getLocalAddr",
            "192.0.2.2",
            "getLocalPort",
            80),
        connection -> {
          assertThat(connection.connectionId()).isEqualTo("c1");
          assertThat(text(connection.remoteAddress())).isEqualTo("192.0.2.1");
          assertThat(connection.remotePort()).isEqualTo(1234);
          assertThat(text(connection.localAddress())).isEqualTo("192.0.2.2");
          assertThat(connection.localPort()).isEqualTo(80);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]"})
  void addressesOfVersion6AreRead(String address) throws Exception {
    look(
        Map.of("getRemoteAddr", address),
        connection -> assertThat(text(connection.remoteAddress())).isEqualTo("0:0:0:0:0:0:0:1"));
  }

  /** A look-up would block, and a name is no address. */
  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "client.example", "1.2.3.4.5", "unknown", "::zz"})
  void whatIsNoAddressIsNotLookedUp(String address) throws Exception {
    look(
        Map.of("getRemoteAddr", address, "getLocalAddr", address),
        connection -> {
          assertThat(connection.remoteAddress()).isNull();
          assertThat(connection.localAddress()).isNull();
        });
  }

  @Test
  void whatTheContainerDoesNotTellHasTheDefault() throws Exception {
    look(
        Map.of("getRemotePort", -1, "getLocalPort", -1),
        connection -> {
          assertThat(connection.connectionId()).isEmpty();
          assertThat(connection.remoteAddress()).isNull();
          assertThat(connection.remotePort()).isZero();
          assertThat(connection.localAddress()).isNull();
          assertThat(connection.localPort()).isZero();
        });
  }

  @Test
  void everyMemberCanBeSet() throws Exception {
    InetAddress address = InetAddress.getLoopbackAddress();
    look(
        Map.of("getRemoteAddr", "192.0.2.1"),
        connection -> {
          connection.setConnectionId("mine");
          connection.setRemoteAddress(address);
          connection.setRemotePort(1);
          connection.setLocalAddress(address);
          connection.setLocalPort(2);
          assertThat(connection.connectionId()).isEqualTo("mine");
          assertThat(connection.remoteAddress()).isEqualTo(address);
          assertThat(connection.remotePort()).isEqualTo(1);
          assertThat(connection.localAddress()).isEqualTo(address);
          assertThat(connection.localPort()).isEqualTo(2);
          connection.setRemoteAddress(null);
          assertThat(connection.remoteAddress()).isNull();
          assertThatNullPointerException().isThrownBy(() -> connection.setConnectionId(null));
        });
  }

  /** C12. */
  @Test
  void nothingCanBeReadWhenTheRequestIsOver() throws Exception {
    AtomicReference<HttpConnectionFeature> kept = new AtomicReference<>();
    look(Map.of(), kept::set);
    HttpConnectionFeature connection = kept.get();
    assertThatIllegalStateException().isThrownBy(connection::connectionId);
    assertThatIllegalStateException().isThrownBy(connection::remoteAddress);
    assertThatIllegalStateException().isThrownBy(connection::remotePort);
    assertThatIllegalStateException().isThrownBy(connection::localAddress);
    assertThatIllegalStateException().isThrownBy(connection::localPort);
    assertThatIllegalStateException().isThrownBy(() -> connection.setRemotePort(1));
    assertThatIllegalStateException().isThrownBy(() -> connection.setRemoteAddress(null));
  }

  private static void look(Map<String, ?> answers, Consumer<HttpConnectionFeature> look)
      throws Exception {
    Served.serve(Stubs.request(answers), context -> look.accept(context.connection()));
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }
}
