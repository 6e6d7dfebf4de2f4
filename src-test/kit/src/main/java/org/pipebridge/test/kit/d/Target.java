package org.pipebridge.test.kit.d;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.pipebridge.http.HttpContext;
import org.pipebridge.http.HttpRequest;
import org.pipebridge.test.kit.Answer;
import org.pipebridge.test.kit.Capability;
import org.pipebridge.test.kit.Probe;
import org.pipebridge.test.kit.Request;
import org.pipebridge.test.kit.Run;

/** What an application saw of a target, as it tells its client in the answer's content. */
record Target(String pathBase, String path, String queryString, String rawTarget) {

  /** The application: tells what it sees. */
  static void tell(HttpContext context, Run run) throws IOException {
    HttpRequest request = context.request();
    context
        .response()
        .write(
            String.join(
                "\n",
                request.pathBase(),
                request.path(),
                request.queryString(),
                request.rawTarget()));
  }

  /** Asks what the application sees, where every server must let the target in. */
  static Target ask(Probe probe, Request request) {
    return of(probe.ask(request).hasStatus(200));
  }

  /**
   * Asks what the application sees; empty if the server's container, which is not its own, refuses
   * the target with 400 before the application can see it (V13, V15, pitfall 82).
   */
  static Optional<Target> askIfLetIn(Probe probe, Request request) {
    Answer answer = probe.ask(request);
    if (answer.status() == 400 && !probe.can(Capability.HOST)) {
      return Optional.empty();
    }
    return Optional.of(of(answer.hasStatus(200)));
  }

  /** Tells whether the application is mounted at the root, so that it owns every path. */
  static boolean isRoot(Probe probe) {
    return probe.get().target().equals("/");
  }

  private static Target of(Answer answer) {
    String[] lines = answer.isWhole().text().split("\n", -1);
    assertThat(lines).as("what the application saw").hasSize(4);
    return new Target(lines[0], lines[1], lines[2], lines[3]);
  }
}
