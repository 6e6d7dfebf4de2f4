package org.pipebridge.test.kit.a;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Scenario;

/** K18, K19, K20: answers to HEAD. */
final class HeadRequests {

  private static final String TEXT = "hello, world";

  private HeadRequests() {}

  static List<Scenario> scenarios() {
    return List.of(k18(), k19(), k20(), k20Async(), k20Open());
  }

  private static Scenario k18() {
    return Scenario.named("K18", "r32_anEmptyAnswerToHeadTellsNoLength")
        .rules("R32")
        .application((context, run) -> {})
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              Answer answer = connection.answer().hasStatus(200);
              answer.hasNo("Content-Length");
              if (probe.can(Capability.HOST)) {
                answer.hasNo("Transfer-Encoding");
              }
              connection.isKept();
            });
  }

  private static Scenario k19() {
    return Scenario.named("K19", "r44_aLengthWithoutContentIsFineForHead")
        .rules("R32", "R44")
        .application((context, run) -> context.response().setContentLength(42))
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              connection.answer().hasStatus(200).hasHeader("Content-Length", "42");
              probe.loggedNothing();
              connection.isKept();
            });
  }

  private static Scenario k20() {
    return Scenario.named("K20", "r32_whatIsWrittenToHeadIsNotSent")
        .rules("R32")
        .application(
            (context, run) -> {
              context.response().setContentLength(TEXT.length());
              context.response().write(TEXT.getBytes(StandardCharsets.UTF_8));
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              connection.answer().hasStatus(200).hasHeader("Content-Length", "12");
              connection.isKept();
            });
  }

  private static Scenario k20Async() {
    return Scenario.named("K20", "r32_whatIsWrittenAsynchronouslyToHeadIsNotSent")
        .rules("R32")
        .asyncApplication(
            (context, run) -> {
              context.response().setContentLength(TEXT.length());
              return context.response().writeAsync(TEXT);
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              connection.answer().hasStatus(200).hasHeader("Content-Length", "12");
              connection.isKept();
            });
  }

  private static Scenario k20Open() {
    return Scenario.named("K20", "r32_flushedContentToHeadHasNoLength")
        .rules("R32")
        .application(
            (context, run) -> {
              context.response().write(TEXT);
              context.response().flush();
            })
        .check(
            probe -> {
              Connection connection = probe.send(probe.request("HEAD", "/"));
              connection.answer().hasStatus(200).hasNo("Content-Length");
              connection.isKept();
            });
  }
}
