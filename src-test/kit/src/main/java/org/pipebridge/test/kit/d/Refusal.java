package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/**
 * Sends what is no proper request.
 *
 * <p>A server that owns its container answers as Q7 says. Another container may be more lenient,
 * add its page, or close without a word; but what looks like success is the application's own
 * answer, and it stays healthy.
 */
final class Refusal {

  private Refusal() {}

  /** A scenario in which a fault in the head is answered with one of some statuses. */
  static Scenario scenario(
      String id, String name, String rule, UnaryOperator<Request> fault, Integer... statuses) {
    return Scenario.named(id, name)
        .rules(rule, "Q7")
        .needs(Capability.BYTES)
        .application((context, run) -> run.record("called"))
        .once()
        .check(probe -> check(probe, fault.apply(probe.get()), statuses));
  }

  static void check(Probe probe, Request request, Integer... statuses) {
    if (probe.can(Capability.HOST)) {
      refuses(probe, request, statuses);
    } else {
      RawConnection connection = probe.socket();
      connection.send(request);
      if (connection.hasMore()) {
        boolean letIn = connection.answer().status() < 400;
        assertThat(probe.facts()).as("calls of the application").hasSize(letIn ? 1 : 0);
      }
    }
    probe.connect().isKept();
  }

  /** Checks for the answer of Q7. */
  static Answer refuses(Probe probe, Request request, Integer... statuses) {
    RawConnection connection = probe.socket();
    connection.send(request);
    Answer answer = connection.answer();
    assertThat(answer.status()).as("status").isIn((Object[]) statuses);
    answer.isEmpty(answer.status()).hasHeader("Connection", "close");
    connection.isClosed();
    assertThat(probe.facts()).as("calls of the application").isEmpty();
    return answer;
  }
}
