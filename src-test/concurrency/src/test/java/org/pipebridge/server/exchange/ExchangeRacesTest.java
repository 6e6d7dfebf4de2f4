package org.pipebridge.server.exchange;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pipebridge.feature.FeatureCollection;
import org.pipebridge.http.HttpContext;
import org.pipebridge.server.HttpApplication;
import org.pipebridge.server.exchange.FakeContainer.Manner;

/** R6, S3: a whole request ends once, whatever comes first. */
final class ExchangeRacesTest {

  /** Reads once and writes as much back. */
  private static final class Echo implements HttpApplication<HttpContext> {
    private final Race race;
    private final AtomicInteger disposals = new AtomicInteger();

    Echo(Race race) {
      this.race = race;
    }

    @Override
    public HttpContext createContext(FeatureCollection features) {
      return new HttpContext(features);
    }

    @Override
    public CompletionStage<Void> process(HttpContext context) {
      return race.read().thenCompose(count -> race.write());
    }

    @Override
    public void disposeContext(HttpContext context, @Nullable Throwable failure) {
      disposals.incrementAndGet();
    }
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void anEchoEndsOnceWithAllItsContent(Manner manner) {
    Race.explore(
        manner,
        race -> {
          Echo echo = new Echo(race);
          Race.together(
              () -> new ExchangeRun<>(echo, race.exchange).run(),
              () -> race.container.arrive(1),
              race.container::drain);
          race.container.drain();
          race.container.drain();
          Race.check(echo.disposals.get() == 1, "disposed " + echo.disposals + " times");
          Race.check(race.container.timesFinished() == 1, "not finished once");
          Race.check(race.container.outcome() == Outcome.SENT, "" + race.container.outcome());
          Race.check(race.container.written() == 1, "content is lost or doubled");
          race.checkNoViolation();
        });
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void anAbortedEchoEndsOnce(Manner manner) {
    Race.explore(
        manner,
        race -> {
          Echo echo = new Echo(race);
          Race.together(
              () -> new ExchangeRun<>(echo, race.exchange).run(),
              () -> race.container.arrive(1),
              () -> race.exchange.lifetime().abort());
          race.container.drain();
          Race.check(echo.disposals.get() == 1, "disposed " + echo.disposals + " times");
          Race.check(race.container.timesFinished() == 1, "not finished once");
          race.checkNoViolation();
        });
  }
}
