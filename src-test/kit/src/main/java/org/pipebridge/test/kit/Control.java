package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How the client's part of a scenario reaches its application's part. */
interface Control {

  /** Gives a signal to a run. */
  void give(String run, String signal);

  /** Everything a run has written down so far. */
  List<String> timeline(String run);

  /** Control in this JVM. */
  static Control within(KitStartup startup) {
    return new Control() {
      @Override
      public void give(String run, String signal) {
        startup.give(run, signal);
      }

      @Override
      public List<String> timeline(String run) {
        return startup.timeline(run);
      }
    };
  }

  /** Control by requests, for a server in another process or another class loader. */
  static Control over(ServerUnderTest server) {
    return new Control() {
      @Override
      public void give(String run, String signal) {
        ask(KitStartup.SIGNAL, run + "/" + signal);
      }

      @Override
      public List<String> timeline(String run) {
        return ask(KitStartup.REPORT, run).lines().toList();
      }

      private String ask(String header, String value) {
        try (Connection connection = server.connect()) {
          connection.send(server.request("GET", "/").header(header, value));
          Answer answer = connection.answer();
          assertThat(answer.status())
              .as("status for the kit itself:%s", connection.seen())
              .isEqualTo(200);
          return answer.text();
        }
      }
    };
  }
}
