package org.pipebridge.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pipebridge.server.ServerAddress;

/** Sockets that are listened on, before anybody accepts. */
final class SocketsTest {

  private static final int CONNECT_MILLIS = 10_000;

  @Test
  void aHundredClientsMayComeAtOnce() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (Sockets sockets = bind("http://127.0.0.1:0")) {
      SocketAddress address = sockets.listeners().get(0).channel().getLocalAddress();
      for (int i = 0; i < 100; i++) {
        Socket client = new Socket();
        clients.add(client);
        client.connect(address, CONNECT_MILLIS);
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void s26_anAddressInUseIsToldFromOneOfAnotherMachine() throws Exception {
    try (Sockets taken = bind("http://127.0.0.1:0")) {
      assertThatIOException()
          .isThrownBy(() -> bind(taken.addresses().get(0)))
          .withMessageEndingWith(": already in use")
          .withCauseInstanceOf(BindException.class);
    }
    // TEST-NET-1 (RFC 5737)
    assertThatIOException()
        .isThrownBy(() -> bind("http://192.0.2.1:0"))
        .withMessageStartingWith("cannot listen on http://192.0.2.1:0: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("in use"))
        .withCauseInstanceOf(BindException.class);
  }

  private static Sockets bind(String address) throws IOException {
    return Sockets.bind(List.of(ServerAddress.parse(address)));
  }
}
