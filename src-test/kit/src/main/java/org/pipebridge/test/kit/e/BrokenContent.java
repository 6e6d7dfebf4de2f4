package org.pipebridge.test.kit.e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.pipebridge.feature.BadHttpRequestException;
import org.pipebridge.http.HttpContext;
import org.pipebridge.internal.Stages;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.RawConnection;
import org.pipebridge.test.kit.Run;
import org.pipebridge.test.kit.Scenario;

/** K114, K120, K128: content that is malformed, or ends before its end. */
final class BrokenContent {

  private static final String UNNOTICED = "read to the end";

  private BrokenContent() {}

  static List<Scenario> scenarios() {
    return List.of(
        k114("aChunkSizeOfNoDigits", "gg\r\nhello\r\n0\r\n\r\n", Reading.BLOCKING),
        k114("aChunkSizeOfNoDigits", "gg\r\nhello\r\n0\r\n\r\n", Reading.ASYNC),
        k114("aChunkSizeOfNoDigits", "gg\r\nhello\r\n0\r\n\r\n", Reading.NON_BLOCKING),
        k114("aChunkLongerThanItsSize", "3\r\nhello\r\n0\r\n\r\n", Reading.BLOCKING),
        k114("aChunkLongerThanItsSize", "3\r\nhello\r\n0\r\n\r\n", Reading.ASYNC),
        k114("aChunkLongerThanItsSize", "3\r\nhello\r\n0\r\n\r\n", Reading.NON_BLOCKING),
        k120(),
        k128("theClientEndsInTheMiddle", RawConnection::halfClose),
        k128("theClientGoesInTheMiddle", RawConnection::close),
        k128("theClientResetsInTheMiddle", RawConnection::reset),
        k128WithoutBlocking("theClientEndsInTheMiddle", RawConnection::halfClose),
        k128WithoutBlocking("theClientGoesInTheMiddle", RawConnection::close));
  }

  /** Reads to the end, tries again, and lets the failure out. */
  private static void read(HttpContext context, Run run, Reading reading) throws Exception {
    run.record("began");
    try {
      Stages.await(reading.text(context));
      run.record(UNNOTICED);
    } catch (IOException e) {
      run.record("read", e instanceof BadHttpRequestException bad ? "bad " + bad.status() : "cut");
      run.attempt("again", () -> Stages.await(reading.once(context)));
      throw e;
    }
  }

  private static Scenario k114(String fact, String framed, Reading reading) {
    return Scenario.named("K114", "q21_" + fact + "IsRefused" + reading.suffix())
        .rules("Q21", "R14")
        .needs(Capability.BYTES)
        .application((context, run) -> read(context, run, reading))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(
                  probe
                      .request("POST", "/")
                      .header("Transfer-Encoding", "chunked")
                      .body(framed.getBytes(StandardCharsets.UTF_8)));
              if (probe.can(Capability.HOST) || connection.hasMore()) {
                Answer answer = connection.answer();
                if (answer.status() == 200 && !probe.can(Capability.HOST)) {
                  assertThat(probe.facts(2)).containsExactly("began", UNNOTICED);
                  return; // a lenient container
                }
                isRefused(probe, answer);
                connection.isClosed();
              }
              probe.connect().isKept();
              if (probe.can(Capability.HOST) || !probe.facts().isEmpty()) { // else not let in
                assertThat(probe.facts(3))
                    .containsExactly("began", "read=bad 400", "again=BadHttpRequestException");
              }
            });
  }

  private static Scenario k120() {
    return Scenario.named("K120", "q21_aBadChunkIsRefusedAfterAContinue")
        .rules("Q21", "Q22")
        .needs(Capability.BYTES)
        .application((context, run) -> read(context, run, Reading.BLOCKING))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(
                  probe
                      .request("POST", "/")
                      .header("Transfer-Encoding", "chunked")
                      .header("Expect", "100-continue"));
              assertThat(connection.head().status()).isEqualTo(100);
              connection.write("gg\r\nhello\r\n0\r\n\r\n");
              if (probe.can(Capability.HOST) || connection.hasMore()) {
                isRefused(probe, connection.answer());
                connection.isClosed();
              }
              probe.connect().isKept();
            });
  }

  /** Checks for the answer of R14. */
  private static void isRefused(Probe probe, Answer answer) {
    answer.hasStatus(400);
    if (probe.can(Capability.HOST)) {
      answer.isEmpty(400).hasHeader("Connection", "close");
    }
  }

  private static Scenario k128(String fact, Consumer<RawConnection> fault) {
    return Scenario.named("K128", "e11_" + fact)
        .rules("Q21", "E11")
        .needs(Capability.BYTES)
        .application((context, run) -> read(context, run, Reading.BLOCKING))
        .once()
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Content-Length", "11"));
              connection.write("hello");
              probe.facts(1);
              fault.accept(connection);
              assertThat(probe.facts(3).get(1)).isIn("read=bad 400", "read=cut");
              assertThat(probe.facts(3).get(2))
                  .isIn("again=BadHttpRequestException", "again=RequestAbortedException");
              probe.loggedNothing();
              probe.connect().isKept();
            });
  }

  /** Where listeners tell of content: they must tell of its failure, too. */
  private static Scenario k128WithoutBlocking(String fact, Consumer<RawConnection> fault) {
    return Scenario.named("K128", "e11_" + fact + Reading.NON_BLOCKING.suffix())
        .rules("Q21", "E11", "B11")
        .needs(Capability.BYTES)
        .asyncApplication(
            (context, run) ->
                Reading.NON_BLOCKING
                    .each(
                        context,
                        piece -> {
                          run.record("piece");
                          return Stages.completed();
                        })
                    .whenComplete(
                        (ended, failure) ->
                            run.record("failed", Stages.unwrap(failure) instanceof IOException)))
        .once(Reading.NON_BLOCKING.writing())
        .check(
            probe -> {
              RawConnection connection = probe.socket();
              connection.send(probe.request("POST", "/").header("Transfer-Encoding", "chunked"));
              connection.write("5\r\nhello\r\n");
              assertThat(probe.facts(1)).containsExactly("piece");
              fault.accept(connection);
              assertThat(probe.facts(2)).containsExactly("piece", "failed=true");
              probe.loggedNothing();
              probe.connect().isKept();
            });
  }
}
