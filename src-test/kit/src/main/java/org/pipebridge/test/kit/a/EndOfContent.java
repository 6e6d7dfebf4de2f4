package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Answer.Framing;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K1, K2, K5, K8, K9, K11, K26: how a client learns where an answer ends. */
final class EndOfContent {

  private EndOfContent() {}

  static List<Scenario> scenarios() {
    return List.of(
        k1(),
        k2Asked(),
        k2NotAsked(),
        k2NoContent(),
        k5(),
        k8(),
        k9Asked(),
        k9Set(),
        k9Empty("AnAnswerOf204", "GET", 204),
        k9Empty("AnAnswerOf304", "GET", 304),
        k9Empty("AnAnswerOf200WithoutContent", "GET", 200),
        k9Empty("AnAnswerToHead", "HEAD", 200),
        k11Length(),
        k11Open(),
        k26());
  }

  private static Scenario k1() {
    return Scenario.named("K1", "r26_nothingWrittenIsAnAnswerOfNoContent")
        .rules("R26", "R28", "P2")
        .application((context, run) -> {})
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().isEmpty(200);
              if (probe.can(Capability.HOST)) {
                assertThat(answer.head().values("Date")).hasSize(1);
              }
              connection.isKept();
            });
  }

  private static Scenario k2Asked() {
    return Scenario.named("K2", "r25_anOldClientThatAsksKeepsItsConnection")
        .rules("R25", "R26")
        .needs(Capability.BYTES)
        .application((context, run) -> {})
        .check(
            probe -> {
              Connection connection =
                  probe.send(probe.get().version("HTTP/1.0").header("Connection", "keep-alive"));
              Answer answer = connection.answer().isEmpty(200);
              if (probe.can(Capability.HOST)) {
                assertThat(answer.head().version()).isEqualTo("HTTP/1.1");
                assertThat(answer.header("Connection")).isEqualToIgnoringCase("keep-alive");
                connection.isKept();
              }
            });
  }

  private static Scenario k2NotAsked() {
    return Scenario.named("K2", "r25_anOldClientThatDoesNotAskIsClosed")
        .rules("R25", "R26")
        .needs(Capability.BYTES)
        .application((context, run) -> {})
        .check(
            probe -> {
              Connection connection = probe.send(probe.get().version("HTTP/1.0"));
              Answer answer = connection.answer().isEmpty(200);
              if (probe.can(Capability.HOST)) {
                assertThat(answer.head().version()).isEqualTo("HTTP/1.1");
                answer.hasHeader("Connection", "close");
              }
              connection.isClosed();
            });
  }

  private static Scenario k2NoContent() {
    return Scenario.named("K2", "r25_anOldClientIsToldWhatBecomesOfItsConnectionBehindA204")
        .rules("R25", "R26")
        .needs(Capability.BYTES)
        .application((context, run) -> context.response().setStatus(204))
        .check(
            probe -> {
              Connection connection =
                  probe.send(probe.get().version("HTTP/1.0").header("Connection", "keep-alive"));
              Answer answer = connection.answer().hasStatus(204).hasText("");
              if ("keep-alive".equalsIgnoreCase(answer.header("Connection"))) {
                connection.isKept();
              } else {
                connection.isClosed();
              }
            });
  }

  private static Scenario k5() {
    return Scenario.named("K5", "r20_whatWasNotFlushedLeavesAtTheEnd")
        .rules("R20", "R24")
        .application((context, run) -> context.response().write("hello"))
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello");
              assertThat(answer.framing()).isIn(Framing.LENGTH, Framing.CHUNKED);
              assertThat(answer.header("Content-Length") != null)
                  .as("Content-Length")
                  .isNotEqualTo(answer.header("Transfer-Encoding") != null);
              connection.isKept();
            });
  }

  private static Scenario k8() {
    return Scenario.named("K8", "r24_anOldClientIsNeverSentChunks")
        .rules("R24")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().write("hello, ");
              context.response().flush();
              context.response().write("world");
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection =
                  probe.send(probe.get().version("HTTP/1.0").header("Connection", "keep-alive"));
              Answer answer = connection.answer().hasStatus(200).hasText("hello, world");
              assertThat(answer.framing()).isEqualTo(Framing.CLOSE);
              answer.hasHeader("Connection", "close").hasNo("Transfer-Encoding");
            });
  }

  private static Scenario k9Asked() {
    return Scenario.named("K9", "r25_theConnectionIsClosedWhenTheClientAsks")
        .rules("R25", "V9")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().write("hello");
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get().header("Connection", "close"));
              connection.answer().hasText("hello").hasHeader("Connection", "close");
              connection.isClosed();
            });
  }

  private static Scenario k9Set() {
    return Scenario.named("K9", "v9_theConnectionIsClosedWhenTheApplicationSaysSo")
        .rules("R25", "V9")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              context.response().headers().set("Connection", "close");
              context.response().write("hello");
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              connection.answer().hasText("hello").hasHeader("Connection", "close");
              connection.isClosed();
            });
  }

  private static Scenario k9Empty(String what, String method, int status) {
    return Scenario.named("K9", "v9_theConnectionIsClosedBehind" + what)
        .rules("R25", "V9")
        .application(
            (context, run) -> {
              context.response().setStatus(status);
              context.response().headers().set("Connection", "close");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request(method, "/"));
              Answer answer = connection.answer().hasStatus(status).hasText("");
              if (probe.can(Capability.BYTES)) {
                answer.hasHeader("Connection", "close");
              }
              connection.isClosed();
            });
  }

  private static Scenario k11Length() {
    return Scenario.named("K11", "r27_aContentLengthGoesOutAsSet")
        .rules("R27")
        .application(
            (context, run) -> {
              context.response().setContentLength(14);
              context.response().write("hello, world!!");
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello, world!!");
              answer.hasHeader("Content-Length", "14").hasNo("Transfer-Encoding");
              if (probe.can(Capability.HOST)) {
                answer.hasNo("Connection");
              }
              connection.isKept();
            });
  }

  private static Scenario k11Open() {
    return Scenario.named("K11", "r24_contentOfUnknownLengthIsChunked")
        .rules("R24")
        .application(
            (context, run) -> {
              context.response().write("hello");
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText("hello");
              assertThat(answer.framing()).isEqualTo(Framing.CHUNKED);
              answer.hasNo("Content-Length");
              connection.isKept();
            });
  }

  private static Scenario k26() {
    String kilobyte = "0123456789abcdef".repeat(64);
    return Scenario.named("K26", "r52_manyWritesAddUpToTheContentLength")
        .rules("R27", "R52")
        .application(
            (context, run) -> {
              context.response().setContentLength(1024 * 1024);
              for (int i = 0; i < 1024; i++) {
                context.response().write(kilobyte);
              }
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.get());
              Answer answer = connection.answer().hasStatus(200).hasText(kilobyte.repeat(1024));
              answer.hasHeader("Content-Length", "1048576");
              connection.isKept();
            });
  }
}
