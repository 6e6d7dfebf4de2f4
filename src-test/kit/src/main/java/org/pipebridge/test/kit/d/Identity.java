package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pipebridge.feature.HttpConnectionFeature;
import org.pipebridge.feature.HttpRequestFeature;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K100, K101: the members of a request, and by what it is told from others. */
final class Identity {

  private static final int REQUESTS = 5;

  private Identity() {}

  static List<Scenario> scenarios() {
    return List.of(k100(), k101(), k101Settable());
  }

  private static void setAndReadAll(HttpContext context, Run run, boolean empty) {
    HttpRequestFeature request = context.features().require(HttpRequestFeature.class);
    request.setProtocol(empty ? "" : "HTTP/9");
    request.setScheme(empty ? "" : "gopher");
    request.setMethod(empty ? "" : "Foo");
    request.setPathBase(empty ? "" : "/base");
    request.setPath(empty ? "" : "/path");
    request.setQueryString(empty ? "" : "?q");
    request.setRawTarget(empty ? "" : "/raw");
    request.headers().set("X-Set", empty ? "" : "x");
    run.record(
        "read",
        List.of(
            context.request().protocol(),
            context.request().scheme(),
            context.request().method(),
            context.request().pathBase(),
            context.request().path(),
            context.request().queryString(),
            context.request().rawTarget(),
            context.request().headers().values("x-set")));
  }

  private static Scenario k100() {
    return Scenario.named("K100", "q1_whatIsSetIsReadBackInThisRequestAlone")
        .rules("Q1", "F7", "F9")
        .application(
            (context, run) -> {
              run.record("method", context.request().method());
              run.record("old", context.request().headers().contains("X-Set"));
              setAndReadAll(context, run, false);
              setAndReadAll(context, run, true);
            })
        .once()
        .check(
            probe -> {
              List<String> expected =
                  List.of(
                      "method=GET",
                      "old=false",
                      "read=[HTTP/9, gopher, Foo, /base, /path, ?q, /raw, [x]]",
                      "read=[, , , , , , , []]");
              Connection connection = probe.send(probe.get());
              connection.answer().isEmpty(200);
              assertThat(probe.facts()).containsExactlyElementsOf(expected);
              connection.send(probe.get());
              connection.answer().isEmpty(200);
              assertThat(probe.facts().subList(4, 8)).containsExactlyElementsOf(expected);
            });
  }

  private static Scenario k101() {
    return Scenario.named("K101", "f25_requestsAndConnectionsAreTold")
        .rules("F25", "F26")
        .application(
            (context, run) -> {
              String identifier = context.traceIdentifier();
              run.record("stable", identifier.equals(context.traceIdentifier()));
              HttpConnectionFeature connection = context.connection();
              context
                  .response()
                  .write(
                      String.join(
                          "\n",
                          identifier,
                          connection.connectionId(),
                          address(connection.remoteAddress()) + ":" + connection.remotePort(),
                          address(connection.localAddress()) + ":" + connection.localPort()));
            })
        .once()
        .check(Identity::compare);
  }

  private static String address(@Nullable InetAddress address) {
    return address == null ? "none" : address.getHostAddress();
  }

  private static void compare(Probe probe) {
    Connection first = probe.connect();
    Connection second = probe.connect();
    List<Told> told =
        IntStream.range(0, REQUESTS)
            .boxed()
            .flatMap(i -> Stream.of(Told.ask(probe, first), Told.ask(probe, second)))
            .toList();
    assertThat(told).extracting(Told::identifier).doesNotHaveDuplicates().doesNotContain("");
    assertThat(told).extracting(Told::local).allMatch(t -> t.matches("127\\.0\\.0\\.1:[1-9]\\d*"));
    assertThat(told).extracting(Told::remote).allMatch(t -> t.matches("127\\.0\\.0\\.1:[1-9]\\d*"));
    assertThat(probe.facts()).hasSize(2 * REQUESTS).containsOnly("stable=true");
    if (first instanceof RawConnection one && second instanceof RawConnection two) {
      for (int i = 0; i < told.size(); i++) {
        RawConnection its = i % 2 == 0 ? one : two;
        assertThat(told.get(i).remote()).endsWith(":" + its.localPort());
        assertThat(told.get(i).connection()).isEqualTo(told.get(i % 2).connection());
      }
      assertThat(told.get(0).connection()).isNotEqualTo(told.get(1).connection());
    }
  }

  private static Scenario k101Settable() {
    return Scenario.named("K101", "f25_identifiersAndAddressesCanBeSet")
        .rules("F25", "F26")
        .application(
            (context, run) -> {
              context.setTraceIdentifier("mine");
              run.record("set", context.traceIdentifier());
              context.setTraceIdentifier(null);
              run.record("new", !context.traceIdentifier().equals("mine"));
              HttpConnectionFeature connection = context.connection();
              connection.setConnectionId("c");
              connection.setRemoteAddress(null);
              connection.setRemotePort(1);
              connection.setLocalAddress(null);
              connection.setLocalPort(2);
              run.record(
                  "connection",
                  connection.connectionId()
                      + connection.remoteAddress()
                      + connection.remotePort()
                      + connection.localAddress()
                      + connection.localPort());
            })
        .once()
        .check(
            probe -> {
              probe.ask(probe.get()).isEmpty(200);
              assertThat(probe.facts())
                  .containsExactly("set=mine", "new=true", "connection=cnull1null2");
            });
  }

  /** What an application tells of one request. */
  private record Told(String identifier, String connection, String remote, String local) {

    static Told ask(Probe probe, Connection over) {
      over.send(probe.get());
      String[] lines = over.answer().hasStatus(200).text().split("\n", -1);
      return new Told(lines[0], lines[1], lines[2], lines[3]);
    }
  }
}
