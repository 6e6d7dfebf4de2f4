package org.pipebridge.test.kit.g;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.pipebridge.hosting.PipelineApplication;
import org.pipebridge.pipeline.ApplicationBuilder;
import org.pipebridge.server.Server;
import org.pipebridge.server.ServerAddressesFeature;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K171, K173: where a server listens. */
final class Addresses {

  private Addresses() {}

  static List<Scenario> scenarios() {
    return List.of(k171(), k171Malformed(), k173(), k173Again());
  }

  private static Scenario.Builder scenario(String id, String name, String... rules) {
    return Scenario.named(id, name)
        .rules(rules)
        .needs(Capability.NEW_SERVER, Capability.BYTES)
        .pipeline((app, run) -> {});
  }

  private static Collection<String> addresses(Server server) {
    return server.features().require(ServerAddressesFeature.class).addresses();
  }

  private static void start(Server server, String... addresses) throws IOException {
    addresses(server).addAll(List.of(addresses));
    server.start(new PipelineApplication(new ApplicationBuilder().build()));
  }

  private static void answers(Probe probe, Server server) {
    try (var connection = probe.connect(server)) {
      connection.send(Request.of("GET", "/").header("Host", "localhost"));
      connection.answer().isEmpty(404);
    }
  }

  private static Scenario k171() {
    return scenario("K171", "s23_theRealPortIsTold", "S23", "S2")
        .check(
            probe -> {
              try (Server server = probe.newServer()) {
                Collection<String> told = addresses(server);
                start(server, "http://127.0.0.1:0", "http://127.0.0.1:0/");
                assertThat(told).hasSize(2).doesNotHaveDuplicates();
                assertThat(told).allMatch(a -> a.matches("http://127\\.0\\.0\\.1:[1-9][0-9]*"));
                answers(probe, server);
              }
            });
  }

  private static Scenario k171Malformed() {
    return scenario("K171", "s24_aMalformedAddressIsRefusedAndNothingIsOpen", "S24", "S25", "S2")
        .check(
            probe -> {
              int free = freePort();
              for (String malformed :
                  List.of(
                      "http://localhost:0",
                      "ftp://127.0.0.1:1",
                      "http://127.0.0.1:1/path",
                      "http://127.0.0.1:70000",
                      "127.0.0.1:1",
                      "http://:1")) {
                try (Server server = probe.newServer()) {
                  assertThatIllegalArgumentException()
                      .as(malformed)
                      .isThrownBy(() -> start(server, "http://127.0.0.1:" + free, malformed))
                      .withMessageContaining(malformed);
                  isFree(free);
                }
              }
            });
  }

  private static Scenario k173() {
    return scenario("K173", "s26_anAddressInUseOpensNothing", "S26", "S2")
        .check(
            probe -> {
              try (ServerSocket taken = listen(0);
                  Server server = probe.newServer()) {
                int free = freePort();
                String inUse = "http://127.0.0.1:" + taken.getLocalPort();
                assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> start(server, "http://127.0.0.1:" + free, inUse))
                    .withMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .withCauseInstanceOf(BindException.class);
                isFree(free);
              }
            });
  }

  private static Scenario k173Again() {
    return scenario("K173", "s26_thePortOfAServerThatEndedCanBeUsedAtOnce", "S26", "S5")
        .check(
            probe -> {
              String address = "http://127.0.0.1:" + freePort();
              try (Server first = probe.newServer()) {
                start(first, address);
                answers(probe, first);
              }
              try (Server second = probe.newServer()) {
                start(second, address);
                answers(probe, second);
              }
            });
  }

  /**
   * A port that hardly anybody takes before the server does: it is below the range from which
   * systems pick one when asked for 0, and others that choose at random seldom choose the same.
   */
  private static int freePort() throws IOException {
    for (int i = 0; i < 1000; i++) {
      try (ServerSocket socket = listen(ThreadLocalRandom.current().nextInt(20_000, 30_000))) {
        return socket.getLocalPort();
      } catch (BindException inUse) {
        // another one then
      }
    }
    throw new AssertionError("no port is free");
  }

  private static void isFree(int port) throws IOException {
    listen(port).close();
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
