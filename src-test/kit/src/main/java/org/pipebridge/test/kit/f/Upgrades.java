package org.pipebridge.test.kit.f;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pipebridge.test.kit.f.Upgrading.asking;
import static org.pipebridge.test.kit.f.Upgrading.feature;
import static org.pipebridge.test.kit.f.Upgrading.head;
import static org.pipebridge.test.kit.f.Upgrading.upgrade;
import static org.pipebridge.test.kit.f.Upgrading.upgraded;

import java.io.InputStream;
import java.util.List;
import org.pipebridge.feature.HttpUpgradeFeature;
import org.pipebridge.feature.HttpWebSocketFeature;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Head;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Scenario;

/** K146 to K151, K158: a connection is turned over, or not. */
final class Upgrades {

  private static final byte[] ABC = "abc".getBytes(UTF_8);

  private Upgrades() {}

  static List<Scenario> scenarios() {
    return List.of(
        k146(), k147(), k147Blocking(), k148(), k148Old(), k149(), k151(), k158(), k158LineEnds());
  }

  private static Scenario k146() {
    return Scenario.named("K146", "u2_theHandlerSpeaksAfterThe101")
        .rules("U2", "U4", "U7")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              context.response().headers().set("Upgrade", "echo");
              context.response().headers().set("X-Own", "yes");
              context.response().headers().set("Content-Length", "7");
              upgrade(
                  context,
                  stream -> {
                    stream.output().write("hi".getBytes(UTF_8));
                    return Stages.completed();
                  });
              run.record("status", context.response().status());
              run.record("started", context.response().hasStarted());
            })
        .check(
            probe -> {
              Connection connection = probe.send(asking(probe.get()));
              Head head = head(connection);
              assertThat(head.values("X-Own")).containsExactly("yes");
              assertThat(head.values("Content-Length")).isEmpty();
              assertThat(head.values("Transfer-Encoding")).isEmpty();
              assertThat(connection.untilClosed()).isEqualTo("hi".getBytes(UTF_8));
              assertThat(probe.facts(2)).containsExactly("status=101", "started=true");
              probe.loggedNothing();
            });
  }

  private static Scenario k147() {
    return Scenario.named("K147", "u6_bytesGoBothWaysUntilTheClientEndsItsHalf")
        .rules("U4", "U6")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              upgrade(context, Upgrading::echo);
              run.record("body", context.request().body().read());
              run.attempt("write", () -> context.response().write("content"));
              run.attempt("flush", () -> context.response().flush());
            })
        .check(
            probe -> {
              Connection connection = upgraded(probe);
              connection.isSilent();
              for (int i = 0; i < 3; i++) {
                connection.write(ABC);
                assertThat(new int[] {connection.read(), connection.read(), connection.read()})
                    .containsExactly('a', 'b', 'c');
              }
              connection.halfClose();
              assertThat(connection.read()).isEqualTo(-1);
              assertThat(probe.facts(3))
                  .containsExactly(
                      "body=-1", "write=IllegalStateException", "flush=IllegalStateException");
              probe.loggedNothing();
            });
  }

  private static Scenario k147Blocking() {
    return Scenario.named("K147", "u6_theBlockingStreamsDoTheSame")
        .rules("U6")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) ->
                upgrade(
                    context,
                    stream -> {
                      InputStream in = stream.input();
                      for (int b = in.read(); b >= 0; b = in.read()) {
                        stream.output().write(b);
                        stream.output().flush();
                      }
                      run.record("again", in.read());
                      stream.output().write("end".getBytes(UTF_8));
                      return Stages.completed();
                    }))
        .check(
            probe -> {
              Connection connection = upgraded(probe);
              connection.write(ABC);
              assertThat(connection.read()).isEqualTo('a');
              connection.halfClose();
              assertThat(connection.untilClosed()).isEqualTo("bcend".getBytes(UTF_8));
              assertThat(probe.facts(1)).containsExactly("again=-1");
              probe.loggedNothing();
            });
  }

  private static Scenario k148() {
    return Scenario.named("K148", "u3_whatDoesNotAskForItIsNotUpgraded")
        .rules("U1", "U3", "F37")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              run.record("upgradable", feature(context).isUpgradableRequest());
              run.attempt("upgrade", () -> upgrade(context, stream -> Stages.completed()));
              run.record("started", context.response().hasStarted());
              context.response().write("plain");
              run.attempt("late", () -> upgrade(context, stream -> Stages.completed()));
            })
        .check(
            probe -> {
              probe.ask(probe.get()).hasStatus(200).hasText("plain");
              probe.ask(asking(probe.request("POST", "/")).content("abc")).hasText("plain");
              assertThat(probe.facts(8))
                  .startsWith(
                      "upgradable=false",
                      "upgrade=IllegalStateException",
                      "started=false",
                      "late=IllegalStateException",
                      "upgradable=false");
            });
  }

  private static Scenario k148Old() {
    return Scenario.named("K148", "u1_http10HasNeitherFeature")
        .rules("U1", "F8", "F37", "F38")
        .application(
            (context, run) -> {
              run.record("upgrade", context.features().get(HttpUpgradeFeature.class));
              run.record("webSocket", context.features().get(HttpWebSocketFeature.class));
            })
        .check(
            probe -> {
              probe.ask(asking(probe.get()).version("HTTP/1.0")).hasStatus(200);
              assertThat(probe.facts(2)).containsExactly("upgrade=null", "webSocket=null");
            });
  }

  private static Scenario k149() {
    return Scenario.named("K149", "u10_nobodyNeedUpgrade")
        .rules("U10")
        .application((context, run) -> context.response().write("plain"))
        .check(
            probe -> {
              Connection connection =
                  probe.send(asking(probe.request("POST", "/")).header("Content-Length", "0"));
              Answer answer = connection.answer();
              answer.hasStatus(200).hasText("plain");
              assertThat(answer.head().values("Upgrade")).isEmpty();
            });
  }

  private static Scenario k151() {
    return Scenario.named("K151", "u2_onStartingMayAddToThe101")
        .rules("U2", "U3", "R3")
        .needs(Capability.UPGRADE)
        .application(
            (context, run) -> {
              context
                  .response()
                  .onStarting(() -> context.response().headers().set("X-Late", "yes"));
              upgrade(context, Upgrading::echo);
              run.attempt("twice", () -> upgrade(context, stream -> Stages.completed()));
              run.attempt("header", () -> context.response().headers().set("X-Later", "no"));
            })
        .check(
            probe -> {
              Connection connection = probe.send(asking(probe.get()));
              Head head = head(connection);
              assertThat(head.values("X-Late")).containsExactly("yes");
              assertThat(head.values("X-Later")).isEmpty();
              connection.write(ABC);
              assertThat(connection.read()).isEqualTo('a');
              assertThat(probe.facts(2))
                  .containsExactly("twice=IllegalStateException", "header=IllegalStateException");
            });
  }

  private static Scenario k158() {
    return Scenario.named("K158", "u6_whatCameWithTheRequestIsNotLost")
        .rules("U6")
        .needs(Capability.UPGRADE, Capability.BYTES)
        .application((context, run) -> upgrade(context, Upgrading::echo))
        .check(
            probe -> {
              byte[] early = "early bytes".getBytes(UTF_8);
              RawConnection connection = probe.socket();
              connection.send(asking(probe.get()).body(early));
              head(connection);
              connection.write(ABC);
              connection.halfClose();
              assertThat(connection.untilClosed()).isEqualTo("early bytesabc".getBytes(UTF_8));
            });
  }

  private static Scenario k158LineEnds() {
    return Scenario.named("K158", "u6_lineEndsBehindTheRequestAreNotLost")
        .rules("U4", "U6")
        .needs(Capability.UPGRADE, Capability.BYTES)
        .application(
            (context, run) -> {
              run.record("body", context.request().body().read()); // looks behind the head
              upgrade(context, Upgrading::echo);
            })
        .check(
            probe -> {
              for (String early : List.of("\r\n", "\n\r\nearly\r\n", "early\r\n\r\n")) {
                RawConnection connection = probe.socket();
                connection.send(asking(probe.get()).body(early.getBytes(UTF_8)));
                head(connection);
                connection.write(ABC);
                connection.halfClose();
                assertThat(new String(connection.untilClosed(), UTF_8)).isEqualTo(early + "abc");
              }
              assertThat(probe.facts(3)).containsOnly("body=-1");
            });
  }
}
