package org.pipebridge.test.kit.f;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pipebridge.test.kit.f.Frames.codeOf;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.feature.WebSocket;
import org.pipebridge.feature.WebSocketOptions;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.f.Frames.Frame;

/** K154 and K159: WebSocket. */
final class WebSockets {

  private WebSockets() {}

  static List<Scenario> scenarios() {
    return List.of(echoes(), faults(), failure(), lost(), negotiates(), refuses());
  }

  private static Scenario echoes() {
    return Scenario.named("K154", "u12_messagesComeWholeAndInOrder")
        .rules("F38", "U11", "U12", "U14", "U15", "U16")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> feature(context).accept(WebSocketOptions.DEFAULT, WebSockets::echo))
        .check(
            probe -> {
              Connection connection =
                  probe.send(
                      Frames.handshake(probe.get())
                          .header("Sec-WebSocket-Version", "13")
                          .header("Sec-WebSocket-Extensions", "permessage-deflate"));
              Head head = connection.head();
              assertThat(head.status()).isEqualTo(101);
              assertThat(head.values("Sec-WebSocket-Accept"))
                  .containsExactly("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
              assertThat(head.values("Sec-WebSocket-Extensions")).isEmpty();
              assertThat(head.values("Sec-WebSocket-Protocol")).isEmpty();
              Frames frames = new Frames(connection);
              frames.send(Frames.TEXT, "hello");
              assertThat(frames.receive()).isEqualTo(new Frame(Frames.TEXT, "hello"));
              frames.send(Frames.BINARY, new byte[300]);
              frames.send(Frames.FIRST_OF_TEXT, "one ");
              frames.send(Frames.PING, "ping");
              frames.send(Frames.LAST, "two");
              assertThat(frames.receive()).isEqualTo(new Frame(Frames.BINARY, "\0".repeat(300)));
              assertThat(frames.receive()).isEqualTo(new Frame(Frames.PONG, "ping"));
              assertThat(frames.receive()).isEqualTo(new Frame(Frames.TEXT, "one two"));
              frames.close(4001, "bye");
              assertThat(codeOf(frames.receive())).isEqualTo("4001");
              assertThat(connection.read()).isEqualTo(-1);
              probe.loggedNothing();
            });
  }

  private static Scenario faults() {
    return Scenario.named("K154", "u13_whatAClientMayNotSendClosesWithItsCode")
        .rules("U13", "E11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) ->
                feature(context).accept(new WebSocketOptions(null, 1000), WebSockets::echo))
        .check(
            probe -> {
              assertThat(answerTo(probe, Frames.TEXT, new byte[] {(byte) 0xc3})).isEqualTo("1007");
              assertThat(answerTo(probe, Frames.BINARY, new byte[1001])).isEqualTo("1009");
              assertThat(answerTo(probe, Frames.LAST, new byte[0])).isEqualTo("1002");
              assertThat(answerTo(probe, 0xc1, new byte[0])).isEqualTo("1002");
              assertThat(answerTo(probe, Frames.CLOSE, new byte[1])).isEqualTo("1002");
              probe.loggedNothing();
            });
  }

  private static String answerTo(Probe probe, int first, byte[] content) {
    Connection connection = open(probe);
    Frames frames = new Frames(connection);
    frames.send(first, content);
    String code = codeOf(frames.receive());
    connection.halfClose();
    assertThat(connection.read()).isEqualTo(-1);
    return code;
  }

  private static Scenario failure() {
    return Scenario.named("K154", "u13_aHandlerThatFailsClosesWith1011")
        .rules("U13", "E11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) ->
                feature(context)
                    .accept(
                        WebSocketOptions.DEFAULT,
                        socket -> {
                          throw new IllegalArgumentException("as the scenario wants");
                        }))
        .check(
            probe -> {
              Connection connection = open(probe);
              Frames frames = new Frames(connection);
              assertThat(codeOf(frames.receive())).isEqualTo("1011");
              frames.close(1011, "");
              assertThat(connection.read()).isEqualTo(-1);
              probe.logged(Level.ERROR, 1);
            });
  }

  private static Scenario lost() {
    return Scenario.named("K154", "u14_aLostConnectionIsAnAbort")
        .rules("U14", "E11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) ->
                feature(context)
                    .accept(
                        WebSocketOptions.DEFAULT,
                        socket -> {
                          run.attempt("receive", () -> Stages.await(socket.receive()));
                          return socket.receive().thenAccept(message -> {});
                        }))
        .check(
            probe -> {
              open(probe).halfClose();
              assertThat(probe.facts(1)).containsExactly("receive=RequestAbortedException");
            });
  }

  private static Scenario negotiates() {
    return Scenario.named("K159", "u11_aSubprotocolIsOneThatWasAskedFor")
        .rules("U11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              HttpWebSocketFeature feature = feature(context);
              run.record("asked", feature.requestedProtocols());
              run.attempt(
                  "other", () -> feature.accept(new WebSocketOptions("c", 10), WebSockets::echo));
              feature.accept(new WebSocketOptions("b", 10), WebSockets::echo);
              run.attempt(
                  "again", () -> feature.accept(new WebSocketOptions("b", 10), WebSockets::echo));
            })
        .check(
            probe -> {
              Connection connection =
                  probe.send(
                      Frames.handshake(probe.get())
                          .header("Sec-WebSocket-Version", "13")
                          .header("Sec-WebSocket-Protocol", "a, b"));
              assertThat(connection.head().values("Sec-WebSocket-Protocol")).containsExactly("b");
              assertThat(probe.facts(3))
                  .containsExactly(
                      "asked=[a, b]",
                      "other=IllegalArgumentException",
                      "again=IllegalStateException");
            });
  }

  private static Scenario refuses() {
    return Scenario.named("K159", "u11_anotherVersionOrRequestIsNoWebSocket")
        .rules("U11")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              run.record("asked", feature(context).isWebSocketRequest());
              run.attempt(
                  "accept",
                  () -> feature(context).accept(WebSocketOptions.DEFAULT, WebSockets::echo));
            })
        .check(
            probe -> {
              Answer old =
                  probe.ask(Frames.handshake(probe.get()).header("Sec-WebSocket-Version", "8"));
              old.isEmpty(426).hasHeader("Sec-WebSocket-Version", "13");
              probe.ask(probe.get()).hasStatus(200);
              probe.ask(Upgrading.asking(probe.get())).hasStatus(200);
              assertThat(probe.facts(6))
                  .containsExactly(
                      "asked=true",
                      "accept=ok",
                      "asked=false",
                      "accept=IllegalStateException",
                      "asked=false",
                      "accept=IllegalStateException");
            });
  }

  private static Connection open(Probe probe) {
    Connection connection =
        probe.send(Frames.handshake(probe.get()).header("Sec-WebSocket-Version", "13"));
    assertThat(connection.head().status()).isEqualTo(101);
    return connection;
  }

  private static HttpWebSocketFeature feature(HttpContext context) {
    return context.features().require(HttpWebSocketFeature.class);
  }

  /** Sends each message back until the client closes. */
  private static CompletionStage<Void> echo(WebSocket socket) {
    return socket
        .receive()
        .thenCompose(
            message ->
                message instanceof WebSocket.Close
                    ? Stages.completed()
                    : socket.send(message).thenCompose(ignored -> echo(socket)));
  }
}
