package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.test.Fault;
import org.pipebridge.test.PlainServer;

final class TrialTest {

  @Test
  void aRequestThatIsNeverOverIsAFailureThoughItsAnswerWasGood() throws Exception {
    Scenario scenario = Catalogue.groups().get("A").get(0);
    try (KitStartup startup = new KitStartup();
        ServerUnderTest server =
            ServerUnderTest.listening("forgets", () -> new PlainServer(new Forgetful()))) {
      server.start(startup);
      Trial trial = new Trial(server, startup, scenario, Writing.HANDLER, Duration.ofMillis(500));
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(trial::run)
          .withMessageContaining("a request goes on for PT0.5S without its client");
    }
  }

  @Test
  void whatLacksSomethingIsAbortedNotPassed() throws Exception {
    Scenario scenario =
        Scenario.named("K1", "needing")
            .rules("R1")
            .application((context, run) -> {})
            .check(probe -> probe.needs(false, "the moon"));
    try (KitStartup startup = new KitStartup();
        ServerUnderTest server = ServerUnderTest.listening("plain", PlainServer::new)) {
      server.start(startup);
      Trial trial = new Trial(server, startup, scenario, Writing.HANDLER);
      assertThatExceptionOfType(TestAbortedException.class)
          .isThrownBy(trial::run)
          .withMessage("n.a. on plain: needs the moon");
    }
  }

  private static final class Forgetful implements Fault {
    @Override
    public <C> HttpApplication<C> on(HttpApplication<C> application) {
      return new HttpApplication<>() {
        @Override
        public C createContext(FeatureCollection features) {
          return application.createContext(features);
        }

        @Override
        public CompletionStage<Void> process(C context) throws Exception {
          return application.process(context);
        }

        @Override
        public void disposeContext(C context, Throwable failure) {}
      };
    }
  }
}
