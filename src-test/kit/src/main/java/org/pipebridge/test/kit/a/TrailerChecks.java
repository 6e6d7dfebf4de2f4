package org.pipebridge.test.kit.a;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Function;
import org.pipebridge.http.HttpContext;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Connection;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;
import org.pipebridge.test.kit.Writing;

/** What the scenarios of trailers share, on servers that have these and on those that do not. */
final class TrailerChecks {

  /** The trailer of {@link #answer}. */
  static final Field A = new Field("X-T", "a");

  private static final String UNSUPPORTED = "unsupported";

  private TrailerChecks() {}

  /** An application for servers that have trailers. */
  static Writing.Body with(Writing.Body application) {
    return (context, run) -> {
      if (context.response().supportsTrailers()) {
        application.handle(context, run);
      } else {
        run.record(UNSUPPORTED);
      }
    };
  }

  /** An answer whose head has left before its content is whole. */
  static void answer(HttpContext context, Run run) throws Exception {
    context.response().appendTrailer("X-T", "a");
    context.response().write("hello");
    context.response().flush();
    context.response().write(" world");
  }

  /** Whether the server has trailers; those that own their container must. */
  static boolean supported(Probe probe) {
    boolean supported = !probe.facts().contains(UNSUPPORTED);
    assertThat(supported || !probe.can(Capability.HOST)).as("F40 is present").isTrue();
    return supported;
  }

  /** A GET of a client that accepts trailers. */
  static Request accepting(Probe probe) {
    return accepting(probe.get());
  }

  static Request accepting(Request request) {
    return request.header("TE", "deflate, trailers;q=1").header("Connection", "TE");
  }

  /** A check that the answer is 200 and, where there are trailers, as expected; KEPT. */
  static Scenario.Check kept(Function<Probe, Request> request, Consumer<Answer> expected) {
    return probe -> {
      Connection connection = probe.send(request.apply(probe));
      Answer answer = connection.answer().hasStatus(200);
      if (supported(probe)) {
        expected.accept(answer);
      }
      connection.isKept();
    };
  }

  /** Checks that the answer is whole and has these trailers, in this order, and no others. */
  static void hasTrailers(Answer answer, Field... expected) {
    assertThat(answer.isWhole().trailers())
        .usingElementComparator(TrailerChecks::compare)
        .containsExactly(expected);
  }

  private static int compare(Field a, Field b) {
    boolean same = a.name().equalsIgnoreCase(b.name()) && a.value().equals(b.value());
    return same ? 0 : 1;
  }
}
