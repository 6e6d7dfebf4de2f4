package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Field;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Scenario;

/** K86, K89, K91, K92, K94: faults in the head of a request. */
final class MalformedHeads {

  private static final String LONG = "x".repeat(9 * 1024);

  private MalformedHeads() {}

  static List<Scenario> scenarios() {
    return List.of(
        k86(),
        refused("K86", "v14_aRawNulInATarget", "V14", r -> below(r, "a\0b"), 400),
        refused("K86", "v14_aRawNulInAMethod", "V14", r -> line(r, "G\0T", r.target()), 400),
        refused("K89", "q3_noHost", "Q3", r -> r.without("Host"), 400),
        refused("K89", "q3_twoHosts", "Q3", r -> r.header("Host", "localhost"), 400),
        refused("K89", "q3_aMalformedHost", "Q3", r -> host(r, "a=b"), 400),
        refused("K91", "q2_anUnknownVersion", "Q2", r -> r.version("HTTP/1.2"), 505),
        refused("K91", "q2_httpInLowerCase", "Q2", r -> r.version("http/1.1"), 400, 505),
        refused("K91", "q2_aLongRequestLine", "Q2", r -> below(r, LONG), 414),
        refused("K92", "q4_aFoldedHeader", "Q4", r -> r.header("X-A", "a\r\n b"), 400),
        refused("K92", "q4_aLineWithoutColon", "Q4", r -> r.header("X-A", "a\r\nb"), 400),
        refused("K92", "q4_aSpaceBeforeTheColon", "Q4", r -> r.header("A ", "v"), 400),
        refused("K92", "q4_moreThan100Headers", "Q4", MalformedHeads::manyHeaders, 431),
        refused("K92", "q4_moreThan32KiBOfHeaders", "Q4", MalformedHeads::longHeaders, 431),
        refused("K94", "q5_aLengthThatIsNoNumber", "Q5", r -> length(r, "NaN"), 400),
        refused("K94", "q5_aNegativeLength", "Q5", r -> length(r, "-1"), 400),
        refused("K94", "q5_anUnknownCoding", "Q5", r -> coding(r, "not-chunked"), 400),
        refused("K94", "q5_aCodingBehindChunked", "Q5", r -> coding(r, "chunked, x"), 400),
        k94Both());
  }

  private static Scenario refused(
      String id, String name, String rule, UnaryOperator<Request> fault, Integer... statuses) {
    return Refusal.scenario(id, name + "IsRefused", rule, fault, statuses);
  }

  /** Portable: what the container lets through, the adapter refuses. */
  private static Scenario k86() {
    return Scenario.named("K86", "v14_anEscapedNulIsRefused")
        .rules("V14", "Q7")
        .needs(Capability.BYTES)
        .application((context, run) -> run.record("called"))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("GET", "/a%00b"));
              Answer answer = connection.answer().hasStatus(400);
              if (probe.can(Capability.HOST)) { // elsewhere it is the container's answer (Q7)
                answer.hasHeader("Connection", "close");
                connection.isClosed();
              }
              assertThat(probe.facts()).as("calls of the application").isEmpty();
              probe.connect().isKept();
            });
  }

  /** A length beside chunked coding is hidden, and the connection ends; or it is refused. */
  private static Scenario k94Both() {
    return Scenario.named("K94", "q5_chunkedWinsOverALength")
        .rules("Q5", "Q7")
        .needs(Capability.BYTES)
        .application(
            (context, run) -> {
              run.record("length", context.request().contentLength());
              context.response().write(context.request().body().readAllBytes());
            })
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              Request request = probe.request("POST", "/").header("Content-Length", "3");
              connection.send(request.chunks("hello"));
              Answer answer = connection.answer();
              if (answer.status() != 400) {
                answer.hasStatus(200).hasText("hello");
                assertThat(probe.facts()).containsExactly("length=OptionalLong.empty");
              }
              connection.isClosed();
              probe.connect().isKept();
            });
  }

  private static Request below(Request request, String path) {
    return line(request, request.method(), request.target() + path);
  }

  private static Request line(Request request, String method, String target) {
    Request changed = Request.of(method, target);
    for (Field field : request.headers()) {
      changed = changed.header(field.name(), field.value());
    }
    return changed;
  }

  private static Request host(Request request, String host) {
    return request.without("Host").header("Host", host);
  }

  private static Request length(Request request, String length) {
    return request.header("Content-Length", length);
  }

  private static Request coding(Request request, String coding) {
    return request.header("Transfer-Encoding", coding);
  }

  private static Request manyHeaders(Request request) {
    return more(request, 101, "v");
  }

  private static Request longHeaders(Request request) {
    return more(request, 4, LONG);
  }

  private static Request more(Request request, int count, String value) {
    Request longer = request;
    for (int i = 0; i < count; i++) {
      longer = longer.header("X-" + i, value);
    }
    return longer;
  }
}
