package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K115, K117, K118: content that is not read, or not yet. */
final class Unread {

  private Unread() {}

  static List<Scenario> scenarios() {
    return List.of(
        k115("ofKnownLength", "Content-Length", "5", "hello"),
        k115("withATrailer", "Transfer-Encoding", "chunked", "5\r\nhello\r\n0\r\nX-T: a\r\n\r\n"),
        k117(),
        k118(),
        k118Unread());
  }

  private static Scenario k115(String fact, String name, String value, String framed) {
    return Scenario.named("K115", "q30_unreadContent" + fact + "IsNotTakenForARequest")
        .rules("Q30")
        .needs(Capability.BYTES)
        .application((context, run) -> {})
        .once()
        .check(
            probe -> {
              Request request =
                  probe
                      .request("POST", "/")
                      .header(name, value)
                      .body(framed.getBytes(StandardCharsets.UTF_8));
              RawConnection connection = probe.socket();
              connection.send(request);
              connection.answer().isEmpty(200);
              connection.send(request);
              connection.answer().isEmpty(200);
              connection.isKept();
            });
  }

  private static Scenario k117() {
    return Scenario.named("K117", "r10_anAnswerDoesNotWaitForContent")
        .rules("Q30", "R10")
        .needs(Capability.BYTES)
        .application((context, run) -> context.response().write("answer"))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "1"));
              connection.answer().hasStatus(200).hasText("answer");
            });
  }

  /** Some containers invite the client at once (containers that do are named in the notes). */
  private static Scenario k118() {
    return Scenario.named("K118", "q22_aClientIsInvitedByTheFirstRead")
        .rules("Q22")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              run.await("go");
              run.record("read", context.request().body().read());
              run.record("started", context.response().hasStarted());
            })
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(
                  probe
                      .request("POST", "/")
                      .header("Content-Length", "1")
                      .header("Expect", "100-continue"));
              if (probe.can(Capability.HOST)) {
                connection.isSilent();
              }
              probe.signal("go");
              assertThat(connection.head().status()).isEqualTo(100);
              connection.write("A");
              Answer answer = connection.answer().isEmpty(200);
              assertThat(answer.interim()).hasSize(1);
              assertThat(probe.facts()).containsExactly("read=65", "started=false");
              connection.isKept();
            });
  }

  private static Scenario k118Unread() {
    return Scenario.named("K118", "q22_aClientIsNotInvitedIfNothingIsRead")
        .rules("Q22")
        .needs(Capability.BYTES)
        .application((context, run) -> context.response().write("answer"))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(
                  probe
                      .request("POST", "/")
                      .header("Content-Length", "1")
                      .header("Expect", "100-continue"));
              Answer answer = connection.answer().hasStatus(200).hasText("answer");
              if (probe.can(Capability.HOST)) {
                assertThat(answer.interim()).isEmpty();
              }
            });
  }
}
