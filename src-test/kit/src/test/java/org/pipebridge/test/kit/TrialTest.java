package org.pipebridge.test.kit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.test.Fault;
import org.pipebridge.test.PlainServer;

final class TrialTest {

  @Test
  void aRequestThatIsNeverOverIsAFailureThoughItsAnswerWasGood() throws Exception {
    Scenario scenario = Catalogue.groups().get("A").get(0);
    try (KitStartup startup = new KitStartup();
        ServerUnderTest server = new Impatient()) {
      server.start(startup);
      Trial trial = new Trial(server, startup, scenario, Writing.HANDLER);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(trial::run)
          .withMessageContaining("a request goes on for PT0.5S without its client");
    }
  }

  private static final class Impatient extends ListeningServer {

    Impatient() {
      super(
          "a server that forgets its requests",
          () -> new PlainServer(new Forgetful()),
          false,
          null);
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(1);
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
