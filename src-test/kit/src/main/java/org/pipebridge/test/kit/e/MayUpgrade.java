package org.pipebridge.test.kit.e;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K111: an upgrade is asked for, nobody upgrades, and messages are framed as ever. */
final class MayUpgrade {

  private MayUpgrade() {}

  static List<Scenario> scenarios() {
    return List.of(
        k111(Reading.BLOCKING),
        k111(Reading.ASYNC),
        k111(Reading.NON_BLOCKING),
        k111Chunked(Reading.BLOCKING),
        k111Chunked(Reading.NON_BLOCKING),
        k111NoContent("anAnswerOf204", "GET", 204),
        k111NoContent("anAnswerOf304", "GET", 304),
        k111NoContent("anAnswerToHead", "HEAD", 200));
  }

  private static Request post(Probe probe) {
    return probe.request("POST", "/").upgrade("nothing");
  }

  private static Scenario.Builder reads(String content, Reading reading) {
    return Scenario.named("K111", "u10_" + content + "EndsIfNobodyUpgrades" + reading.suffix())
        .rules("U10", "Q20")
        .asyncApplication(
            (context, run) -> {
              run.record("begun");
              return reading.text(context).thenCompose(context.response()::writeAsync);
            })
        .once(reading.writing());
  }

  private static Scenario k111(Reading reading) {
    return reads("contentOfALength", reading)
        .needs(Capability.BYTES)
        .check(
            probe -> {
              byte[] part = "he".getBytes(StandardCharsets.UTF_8);
              RawConnection connection = probe.socket();
              connection.send(post(probe).header("Content-Length", "5").body(part));
              probe.facts(1);
              connection.write("llo");
              connection.answer().hasStatus(200).hasText("hello");
            });
  }

  private static Scenario k111Chunked(Reading reading) {
    return reads("chunkedContent", reading)
        .check(probe -> probe.ask(post(probe).chunks("hel", "lo")).hasStatus(200).hasText("hello"));
  }

  private static Scenario k111NoContent(String message, String method, int status) {
    return Scenario.named("K111", "u10_" + message + "HasNoContentIfNobodyUpgrades")
        .rules("U10", "R26", "R32")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().setStatus(status);
              if (status == 200) {
                context.response().write("hello");
              }
              context.response().flush();
            })
        .check(
            probe -> {
              Request request = probe.request(method, "/").upgrade("nothing");
              RawConnection connection = probe.socket();
              connection.send(request);
              checkNoContent(connection, status);
              connection.send(request); // a byte too much would be taken for its answer
              if (connection.hasMore()) {
                checkNoContent(connection, status);
              }
            });
  }

  private static void checkNoContent(RawConnection connection, int status) {
    Answer answer = connection.answer().hasStatus(status).hasText("");
    if (status != 200) {
      answer.hasNo("Transfer-Encoding");
    }
  }
}
